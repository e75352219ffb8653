import BlitzCore

// usage: KernelBenchmarks FRAMES THREADS RUNS [NAME...]
//
// Times every kernel, or those named, on a stack of FRAMES x 512 x 512, and prints a row for each:
// name, bytes gone through, best and median seconds.
let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.prefix(3).compactMap { Int($0) }
guard numbers.count == 3 else {
  print("usage: KernelBenchmarks FRAMES THREADS RUNS [NAME...]")
  throw BlitzError(.usage, "KernelBenchmarks", "three numbers are needed")
}
let names = Set(arguments.dropFirst(3))
let store = try stack(frames: numbers[0], rows: 512, columns: 512, .wide)
let benchmarks =
  try StackBenchmarks(store: store, threads: numbers[1]).all()
  + FrameBenchmarks(frames: numbers[0], threads: numbers[1]).all()
for benchmark in benchmarks where names.isEmpty || names.contains(benchmark.name) {
  print(try Timing(benchmark, runs: numbers[2]).row(benchmark))
}
