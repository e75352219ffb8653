/// What is subtracted from or divided out of every frame: where it comes from, and how much of it.
public struct Correction: Equatable, Hashable, Sendable {
  /// Where the samples come from.
  public enum Source: Equatable, Hashable, Sendable {
    /// A projection of raw frames at full cadence; never `sum`.
    case projection(Projection, FrameSlice)
    /// A file of one frame, or of as many as the recording has.
    case file(String)
    /// The mean of a window of raw frames that moves along.
    case window(SlidingWindow)
  }

  /// Where the samples come from.
  public let source: Source
  /// How much is taken of them, 0...1.
  public let amount: Double

  /// Nil unless `amount` is in 0...1, a path is not empty, and the projection is no sum.
  public init?(_ source: Source, amount: Double = 1) {
    guard 0...1 ~= amount else { return nil }
    switch source {
    case .projection(.sum, _), .file(""): return nil
    default: (self.source, self.amount) = (source, amount)
    }
  }
}

/// What is done to every frame before it is shown or reduced: y = (x - a S) / (b D + 1 - b), and NaN
/// where a mask leaves a pixel out.
public struct Corrections: Equatable, Hashable, Sendable {
  /// S with its amount a, and D with its amount b; nil for none.
  public var subtract, divide: Correction?
  /// Which pixels count; nil for all.
  public var mask: FrameMask?

  /// Up to two corrections and a mask.
  public init(
    subtract: Correction? = nil, divide: Correction? = nil, mask: FrameMask? = nil
  ) {
    (self.subtract, self.divide, self.mask) = (subtract, divide, mask)
  }

  /// True when frames stay as they are.
  public var isEmpty: Bool { changesNoSample && mask == nil }

  /// True when nothing is subtracted or divided out: samples that count stay what they are.
  public var changesNoSample: Bool { subtract == nil && divide == nil }
}
