import BlitzCore
import BlitzIO
import Glibc

// usage: LoadBench FOLDER RUNS
//
// Loads a folder of images RUNS + 1 times into the same memory and prints the frames and the median seconds
// of a load, without the first. Nothing is computed from the frames.
let arguments = CommandLine.arguments
guard arguments.count == 3, let runs = Int(arguments[2]), runs > 0 else {
  throw BlitzError(.usage, "LoadBench", "it needs FOLDER RUNS")
}
let options = LoadOptions()
let recording = try Recording.open(FilePath(arguments[1]), options: options).verified()
let plan = try LoadPlan.make(for: recording, options: options, memory: MemoryProbe().budget())
guard plan.strategy == .memory else {
  throw BlitzError(.limit, arguments[1], "does not fit into memory")
}
let pool = StackMemoryPool()
var seconds: [Double] = []
weak var before: SampleStore?
for run in 0...runs {
  // A worker may hold the store a moment longer than the loading takes.
  while before != nil { usleep(1000) }
  let store = try SampleStore(shape: plan.shape, pool: pool)
  before = store
  let loader = StackLoader(recording: recording, plan: plan, options: options, into: store) { _ in }
  let duration = ContinuousClock().measure {
    loader.start()
    loader.wait()
  }
  guard loader.progress.damaged == 0 else {
    throw BlitzError(.damagedInput, arguments[1], "holds damaged frames")
  }
  let (whole, part) = duration.components
  if run > 0 { seconds.append(Double(whole) + Double(part) * 1e-18) }
}
seconds.sort()
print("\(plan.shape.frames)\t\(seconds[seconds.count / 2])")
