/// The extents of an image stack, slowest axis first; samples are stored in this order.
///
/// A row is `columns * channels` contiguous samples; gray stacks have one channel.
public struct StackShape: Equatable, Hashable, Sendable {
  /// Number of frames, rows in a frame, columns in a row, and interleaved channels in a pixel.
  public let frames, rows, columns, channels: Int

  /// Nil for extents that a damaged file could claim; within them, products fit `Int`.
  public init?(frames: Int, rows: Int, columns: Int, channels: Int = 1) {
    guard 1...1 << 24 ~= frames, 1...1 << 16 ~= rows, 1...1 << 16 ~= columns, 1...4 ~= channels
    else { return nil }
    (self.frames, self.rows, self.columns, self.channels) = (frames, rows, columns, channels)
  }

  /// Samples in one row.
  public var rowSize: Int { columns * channels }

  /// Samples in one frame.
  public var frameSize: Int { rows * columns * channels }

  /// Samples in the whole stack.
  public var sampleCount: Int { frames * frameSize }

  /// The same frame extents with another number of frames; nil as for the initialiser.
  public func with(frames: Int) -> StackShape? {
    StackShape(frames: frames, rows: rows, columns: columns, channels: channels)
  }
}
