import BlitzCore

// usage: KernelBenchmarks FRAMES ROWS THREADS RUNS [NAME...]
//
// Times every kernel, or those named, on a stack of FRAMES x ROWS x 512, and prints a row for each:
// name, bytes gone through, best and median seconds. With 0 RUNS it prints their names.
let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.prefix(4).compactMap { Int($0) }
guard numbers.count == 4 else {
  throw BlitzError(.usage, "KernelBenchmarks", "it needs FRAMES ROWS THREADS RUNS")
}
let (frames, rows, threads, runs) = (numbers[0], numbers[1], numbers[2], numbers[3])
let names = Set(arguments.dropFirst(4))
let store = try stack(frames: frames, rows: rows, columns: 512, .wide)
let benchmarks =
  try StackBenchmarks(store: store, threads: threads).all()
  + FrameBenchmarks(frames: frames, rows: rows, threads: threads).all()
for benchmark in benchmarks where names.isEmpty || names.contains(benchmark.name) {
  print(runs == 0 ? benchmark.name : try Timing(benchmark, runs: runs).row(benchmark))
}
