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

  /// The reduction of what is in the window; NaN where that holds no number.
  mutating func write(to result: inout MutableSpan<Float>)
}
