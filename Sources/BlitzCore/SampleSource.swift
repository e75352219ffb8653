/// A stack whose samples can be read a band of rows at a time, from any thread.
///
/// Kernels are written against this protocol and never ask what stands behind it: memory that is
/// lent in place, or a mapped file whose stored type is converted in the caller's scratch.
public protocol SampleSource: Sendable {
  /// The extents; frames are positions in this source (kept frames, not source frame numbers).
  var shape: StackShape { get }

  /// True only when it is known that no sample of the frames read so far is NaN or infinite.
  var isKnownFinite: Bool { get }

  /// What is known of a frame; `frame` must be inside `shape`.
  func condition(of frame: Int) -> FrameCondition

  /// Lends `rows` of each frame of `frames`, none of which may be pending.
  ///
  /// - Parameters:
  ///   - rows: Rows of a frame, within `shape.rows`.
  ///   - frames: Consecutive frames, within `shape.frames`.
  ///   - scratch: The calling worker's own; used only when samples must be converted.
  ///   - body: Receives the samples and the distance between frames: column-and-channel `c` of row
  ///     `r` of frame `f` is at `(f - frames.lowerBound) * stride + (r - rows.lowerBound) * rowSize + c`.
  /// - Throws: When a mapped file failed under the read, or was written to. `body` may have run by
  ///   then on samples lent in place: what it computed must not be used.
  func withBand<R>(
    rows: Range<Int>, frames: Range<Int>, scratch: BandScratch,
    _ body: (_ samples: Span<Float>, _ stride: Int) throws(BlitzError) -> R
  ) throws(BlitzError) -> R
}

extension SampleSource {
  /// Lends one whole frame; as `withBand`.
  public func withFrame<R>(
    _ frame: Int, scratch: BandScratch, _ body: (Span<Float>) throws(BlitzError) -> R
  ) throws(BlitzError) -> R {
    try withBand(rows: 0..<shape.rows, frames: frame..<frame + 1, scratch: scratch) {
      (samples, _) throws(BlitzError) in try body(samples)
    }
  }
}
