import BlitzCore
import BlitzIO
import BlitzKernels
import Glibc

// usage: LoadBench PATH RUNS [partials | frames]
//
// Loads a recording RUNS + 1 times into the same memory and prints the frames and the median seconds of a
// load, without the first. Nothing is computed from the frames, but with `partials` blocks of them are folded
// behind the loader, as the viewer does.
//
// With `frames` nothing is loaded: RUNS random frames of a mapped or cached recording are summed up where
// they lie, once all of them have been; it prints their number and the median seconds of one.
let arguments = CommandLine.arguments
guard 3...4 ~= arguments.count, let runs = Int(arguments[2]), runs > 0 else {
  throw BlitzError(.usage, "LoadBench", "it needs PATH RUNS [partials | frames]")
}
let mode = arguments.count > 3 ? arguments[3] : ""
let options = LoadOptions()
let recording = try Recording.open(FilePath(arguments[1]), options: options).verified()
let plan = try LoadPlan.make(for: recording, options: options, memory: MemoryProbe().budget())
let seconds =
  mode == "frames"
  ? try secondsOfRandomFrames(of: recording, plan, options, count: runs)
  : try secondsOfLoads(of: recording, plan, options, runs: runs, hasPartials: mode == "partials")
print("\(plan.shape.frames)\t\(seconds.sorted()[seconds.count / 2])")
