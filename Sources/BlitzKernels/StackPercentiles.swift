public import BlitzCore

/// Exact percentiles of all samples of a stack, by the same counting as those of a frame.
///
/// Memory does not grow with the stack: 600 KiB for each thread and 512 KiB for each percentile.
public struct StackPercentiles: Sendable {
  private let source: any SampleSource
  private let frames: Range<Int>
  private let threads: Int

  /// Frames between two meetings of the threads, for each of them.
  private static let framesPerVisit = 8

  /// Each thread has its own tables, so that more would cost memory that no plan counts.
  private static let threadLimit = 16

  /// Percentiles of `frames` of a source, read twice from front to back on `threads` threads, at most 16.
  public init(_ source: any SampleSource, frames: Range<Int>, threads: Int) {
    (self.source, self.frames) = (source, frames.clamped(to: 0..<source.shape.frames))
    self.threads = min(max(threads, 1), Self.threadLimit)
  }

  /// The percentiles of the finite samples; of three channels those of the luma.
  ///
  /// Pending and damaged frames are left out. The result does not depend on `threads`.
  ///
  /// - Parameters:
  ///   - percents: At most 64, clamped to 0...100; NaN counts as 0.
  ///   - progress: Called with 0...1, from the caller's thread.
  /// - Returns: One value for each, interpolated linearly; NaN where no sample is finite.
  /// - Throws: `cancelled`, or what reading the source threw.
  /// - Complexity: Two passes over the samples.
  public func values(
    at percents: [Double], cancellation: CancellationFlag? = nil,
    progress: ((Double) -> Void)? = nil
  ) throws(BlitzError) -> [Double] {
    let searches = BandSlots([RankSearch](repeating: RankSearch(finiteOnly: true), count: threads))
    try visit(searches, cancellation, { progress?($0 / 2) }) { $0.countUpper($1) }
    var merged = RankSearch(finiteOnly: true)
    for thread in 0..<threads { searches.look(thread) { merged.mergeUpper($0) } }
    guard merged.population > 0 else { return percents.map { _ in .nan } }
    let positions = percents.map { RankPosition(percent: $0, population: merged.population) }
    merged.want(positions.flatMap { [$0.rank, $0.next] })
    for thread in 0..<threads { try searches.change(thread) { $0.want(asIn: merged) } }
    try visit(searches, cancellation, { progress?(0.5 + $0 / 2) }) { $0.countLower($1) }
    for thread in 0..<threads { searches.look(thread) { merged.mergeLower($0) } }
    return positions.map { $0.value(in: merged) }
  }

  /// Shows every readable frame's gray samples to one of the searches.
  private func visit(
    _ searches: BandSlots<RankSearch>, _ cancellation: CancellationFlag?,
    _ progress: (Double) -> Void,
    _ body: @Sendable (inout RankSearch, Span<Float>) -> Void
  ) throws(BlitzError) {
    let step = threads * Self.framesPerVisit
    for start in stride(from: frames.lowerBound, to: frames.upperBound, by: step) {
      let end = min(start + step, frames.upperBound)
      _ = try concurrentMap(threads, threads: threads, cancellation: cancellation) {
        (samples: BandScratch(), gray: BandScratch())
      } _: { thread, scratch throws(BlitzError) in
        try searches.change(thread) { search throws(BlitzError) in
          // Neighbouring frames at the same time, as they lie in the file.
          for frame in stride(from: start + thread, to: end, by: threads)
          where source.condition(of: frame) == .complete {
            try withGray(frame, scratch) { body(&search, $0) }
          }
        }
      }
      progress(Double(end - frames.lowerBound) / Double(frames.count))
    }
  }

  private func withGray(
    _ frame: Int, _ scratch: (samples: BandScratch, gray: BandScratch),
    _ body: (Span<Float>) -> Void
  ) throws(BlitzError) {
    let shape = source.shape
    try source.withFrame(frame, scratch: scratch.samples) { samples throws(BlitzError) in
      guard shape.channels > 1 else { return body(samples) }
      scratch.gray.withSamples(shape.rows * shape.columns) { gray in
        Luminance.gray(samples, channels: shape.channels, into: &gray)
        body(gray.span)
      }
    }
  }
}
