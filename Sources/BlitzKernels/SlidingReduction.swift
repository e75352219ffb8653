/// A reduction over a window of frames that frames enter at one end and leave at the other.
///
/// Frames leave in the order in which they entered. NaN is left out.
protocol SlidingReduction {
  /// A window with no frame in it, over `size` samples of each frame.
  init(size: Int)

  /// Takes in the next frame.
  mutating func enter(_ samples: Span<Float>)

  /// Lets go of the oldest frame, whose samples are given again.
  mutating func leave(_ samples: Span<Float>)

  /// Lets the oldest frame go, takes in the next one, and writes the reduction.
  ///
  /// - Parameter areFinite: True when it is known that all samples of both frames are finite.
  mutating func slide(
    out oldest: Span<Float>, in newest: Span<Float>, areFinite: Bool,
    to result: inout MutableSpan<Float>)

  /// The reduction of what is in the window; NaN where that holds no number.
  mutating func write(to result: inout MutableSpan<Float>)
}

extension SlidingReduction {
  mutating func slide(
    out oldest: Span<Float>, in newest: Span<Float>, areFinite: Bool,
    to result: inout MutableSpan<Float>
  ) {
    leave(oldest)
    enter(newest)
    write(to: &result)
  }
}
