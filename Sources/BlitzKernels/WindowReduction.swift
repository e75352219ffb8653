public import BlitzCore

/// Mean, minimum, maximum or median of a window of frames that moves along, for a band of rows.
///
/// Keep one per thread and go forward: a mean or an extreme then costs a frame in and a frame out,
/// whatever the length of the window. One frame alone costs its window and no other frame.
public struct WindowReduction {
  private var cursor: any FrameWriter

  /// A reduction over `rows` of a source; nil for `std` and `sum`.
  public init?(
    _ operation: Projection, over window: SlidingWindow, rows: Range<Int>,
    of source: any SampleSource, scratch: BandScratch
  ) {
    switch operation {
    case .mean: cursor = WindowCursor<SlidingMean>(window, rows, source, scratch)
    case .min: cursor = WindowCursor<SlidingExtrema<Smallest>>(window, rows, source, scratch)
    case .max: cursor = WindowCursor<SlidingExtrema<Largest>>(window, rows, source, scratch)
    case .median: cursor = WindowCursor<SlidingMedian>(window, rows, source, scratch)
    case .std, .sum: return nil
    }
  }

  /// Writes the reduction of one frame's window.
  ///
  /// Pending and damaged frames are left out of it. Where the frame has no window, or the window no
  /// number, the result is NaN.
  ///
  /// - Parameter result: `rows.count * shape.rowSize` samples.
  /// - Throws: What reading the source threw; the reduction may then not be used again.
  public mutating func write(
    frame: Int, to result: inout MutableSpan<Float>
  ) throws(BlitzError) {
    try cursor.write(frame: frame, to: &result)
  }
}

/// What writes samples for one frame after the other.
protocol FrameWriter {
  mutating func write(frame: Int, to result: inout MutableSpan<Float>) throws(BlitzError)
}

extension WindowCursor: FrameWriter {}
