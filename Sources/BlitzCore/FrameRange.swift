/// Frames `start, start + step, ...` below `end`, counted from 0, never empty.
///
/// Both ends lie inside the stack it was resolved for; `end` is excluded, as in NumPy.
public struct FrameRange: Equatable, Hashable, Sendable {
  /// First frame, end (excluded) and stride in source frames.
  public let start, end, step: Int

  /// Nil when it would be empty or is not made of natural numbers.
  public init?(start: Int, end: Int, step: Int = 1) {
    guard start >= 0, end > start, step >= 1 else { return nil }
    (self.start, self.end, self.step) = (start, end, step)
  }

  private init(single frame: Int) { (start, end, step) = (frame, frame + 1, 1) }

  /// Frame 0 alone.
  public static let first = FrameRange(single: 0)

  /// How many frames are in it.
  public var count: Int { (end - start - 1) / step + 1 }

  /// The source frame at a position within the range; `index` must be in `0..<count`.
  public subscript(index: Int) -> Int { start + index * step }

  /// The last frame in it.
  public var last: Int { self[count - 1] }

  /// True when the frame is one of those the range names.
  public func contains(_ frame: Int) -> Bool {
    frame >= start && frame < end && (frame - start).isMultiple(of: step)
  }

  /// The position of the frame nearest to a source frame; outside frames land on an end.
  public func nearestIndex(to frame: Int) -> Int {
    guard frame > start else { return 0 }
    guard frame < last else { return count - 1 }
    return (frame - start + step / 2) / step
  }

  /// `A:B`, or `A:B:S` when the step is not 1.
  public var text: String { step == 1 ? "\(start):\(end)" : "\(start):\(end):\(step)" }
}
