/// Whole positions, such as frames or pixel columns, spread evenly over the dots of a plot.
///
/// A position has the same share of the dots as any other, and stands in the middle of its share, as
/// source pixels do on the image pane.
public struct PositionAxis: Equatable, Sendable {
  /// The positions shown; never empty.
  public let positions: Range<Int>
  /// The first dot, and how many there are.
  public let start, dots: Int

  /// Nil when there is no position or no dot.
  public init?(_ positions: Range<Int>, start: Int = 0, dots: Int) {
    guard !positions.isEmpty, dots > 0 else { return nil }
    (self.positions, self.start, self.dots) = (positions, start, dots)
  }

  /// The dot on which a position stands, also for positions outside.
  public func dot(of position: Int) -> Int {
    let steps = 2 * (position - positions.lowerBound) + 1
    return start + (steps * dots).flooredDivision(by: 2 * positions.count)
  }

  /// The position whose share holds the middle of a dot; dots outside give the nearest end.
  public func position(at dot: Int) -> Int {
    let inside = min(max(dot - start, 0), dots - 1)
    return positions.lowerBound + (2 * inside + 1) * positions.count / (2 * dots)
  }

  /// The first position that stands on a dot or behind it.
  func firstPosition(at dot: Int) -> Int {
    let numerator = 2 * positions.count * (dot - start) - dots
    let first = -(-numerator).flooredDivision(by: 2 * dots)
    return positions.lowerBound + min(max(first, 0), positions.count)
  }
}

extension Int {
  /// Rounded towards negative infinity; `divisor` must be positive.
  fileprivate func flooredDivision(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
