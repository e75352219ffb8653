import BlitzCore
import BlitzKernels

/// Regions over all frames of a stack, whatever holds it.
struct StackTraces {
  let stack: OpenedStack
  let work: Work

  /// For each region, statistics of each kept frame in order; the stack is read once for all.
  ///
  /// - Throws: `cancelled`, or what reading throws.
  func measure(_ reductions: [TraceReduction]) throws(BlitzError) -> [[RegionStatistics?]] {
    let line = work.console.progress("tracing")
    let total = stack.source.shape.frames
    // A stretch at a time where the stack is read in passes; otherwise parts that show progress.
    let part = stack.stretchFrames ?? max(total / 50, 4096)
    var values = [[RegionStatistics?]](repeating: [], count: reductions.count)
    for start in stride(from: 0, to: total, by: part) {
      let frames = Array(start..<min(start + part, total))
      for (region, reduction) in reductions.enumerated() {
        values[region] += try reduction.measure(
          frames, of: stack.source, threads: stack.threads, cancellation: work.interruption.flag)
      }
      line?.show(Double(start + frames.count) / Double(total))
    }
    return values
  }
}
