/// The positions that the timeline and the trace pane show: the whole stack, or a part of it.
public struct TimeWindow: Equatable, Sendable {
  /// The positions shown; never empty.
  public private(set) var positions: Range<Int>
  /// Positions of the stack, at least 1.
  private let count: Int

  /// Fewest positions that zooming leaves.
  static let least = 8

  /// The whole of a stack.
  init(count: Int) {
    self.count = max(count, 1)
    positions = 0..<self.count
  }

  /// True when every position is shown.
  public var isWhole: Bool { positions.count == count }

  /// Shows every position.
  mutating func showAll() { positions = 0..<count }

  /// Shows some positions; what lies outside the stack is left out, and too few are given company.
  mutating func show(_ wanted: Range<Int>) {
    let inside = wanted.clamped(to: 0..<count)
    let width = max(inside.count, min(Self.least, count))
    place(from: inside.lowerBound - (width - inside.count) / 2, width: width)
  }

  /// Halves or doubles the width, `times` over, while a position keeps its place within; the middle
  /// does when the position is not shown.
  mutating func zoom(_ step: Action.ZoomStep, times: Int, around position: Int) {
    let old = positions
    var width = old.count
    for _ in 0..<min(times, 64) {
      switch step {
      case .closer: width = max((width + 1) / 2, min(Self.least, old.count))
      case .farther: width = min(width, count / 2 + 1) * 2
      }
    }
    width = min(width, count)
    let anchor = old.contains(position) ? position : old.lowerBound + old.count / 2
    let share = Double(anchor - old.lowerBound) / Double(old.count)
    place(from: anchor - Int(share * Double(width)), width: width)
  }

  /// Moves on when a position has left it, so that the position stands in the middle: lines stay where
  /// they are for half a width.
  mutating func follow(_ position: Int) {
    guard !positions.contains(position) else { return }
    place(from: position - positions.count / 2, width: positions.count)
  }

  private mutating func place(from start: Int, width: Int) {
    let first = min(max(start, 0), count - width)
    positions = first..<first + width
  }
}
