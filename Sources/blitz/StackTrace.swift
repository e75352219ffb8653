import BlitzCore
import BlitzKernels

/// One region over all frames of a stack, whatever holds it.
struct StackTrace {
  let stack: OpenedStack
  let work: Work

  /// Statistics for each kept frame, in order.
  ///
  /// - Throws: `cancelled`, or what reading throws.
  func measure(
    _ reduction: TraceReduction, _ name: String
  ) throws(BlitzError) -> [RegionStatistics?] {
    let line = work.console.progress("tracing \(name)")
    let total = stack.source.shape.frames
    // A stretch at a time where the stack is read in passes; otherwise parts that show progress.
    let part = stack.stretchFrames ?? max(total / 50, 4096)
    var values: [RegionStatistics?] = []
    values.reserveCapacity(total)
    while values.count < total {
      let frames = values.count..<min(values.count + part, total)
      values += try reduction.measure(
        Array(frames), of: stack.source, threads: stack.threads,
        cancellation: work.interruption.flag)
      line?.show(Double(values.count) / Double(total))
    }
    return values
  }
}
