/// A range of frames as a person writes it, `A:B[:S]`, before the stack's length is known.
///
/// Any part may be left out and negative bounds count from the end, as in Python.
public struct FrameSlice: Equatable, Hashable, Sendable {
  /// Bounds as written; nil when left out. Negative ones count from the end.
  public let lower, upper: Int?
  /// Stride, at least 1.
  public let step: Int

  /// The whole stack.
  public static let all = FrameSlice(lower: nil, upper: nil, step: 1)

  /// One frame; `frame` must not be negative.
  public init(_ frame: Int) { self.init(lower: frame, upper: frame + 1, step: 1) }

  /// Exactly the frames of a range.
  public init(_ range: FrameRange) {
    self.init(lower: range.start, upper: range.end, step: range.step)
  }

  private init(lower: Int?, upper: Int?, step: Int) {
    (self.lower, self.upper, self.step) = (lower, upper, step)
  }

  /// Reads `A:B` or `A:B:S`; nil for anything else, a step below 1, or a number beyond `Int`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count,
      let lower = Self.bound(parts[0]), let upper = Self.bound(parts[1]),
      let step = parts.count == 3 ? Self.bound(parts[2]) : .some(nil), (step ?? 1) >= 1
    else { return nil }
    self.init(lower: lower, upper: upper, step: step ?? 1)
  }

  /// True when the stack's length must be known exactly to resolve it.
  public var countsFromEnd: Bool { (lower ?? 0) < 0 || (upper ?? 0) < 0 }

  /// The frames it names in a stack of `frames` frames, clamped as in Python; nil when empty.
  public func resolve(frames: Int) -> FrameRange? {
    func clamped(_ bound: Int) -> Int {
      min(max(bound < 0 ? bound.addingReportingOverflow(frames).partialValue : bound, 0), frames)
    }
    return FrameRange(start: lower.map(clamped) ?? 0, end: upper.map(clamped) ?? frames, step: step)
  }

  /// The slice as a person would write it: `A:B`, or `A:B:S` when the step is not 1.
  public var text: String {
    let bounds = (lower.map { "\($0)" } ?? "") + ":" + (upper.map { "\($0)" } ?? "")
    return step == 1 ? bounds : bounds + ":\(step)"
  }

  /// An optional number: `.some(nil)` for an empty part, nil for what is no number.
  private static func bound(_ part: some StringProtocol) -> Int?? {
    part.isEmpty ? .some(nil) : Int(part).map { .some($0) }
  }
}
