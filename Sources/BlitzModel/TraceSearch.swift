public import BlitzCore

/// What `:find` looks for: the next frame whose trace crosses a value.
public struct TraceSearch: Hashable, Sendable {
  /// How the value is compared.
  public enum Comparison: String, CaseIterable, Sendable {
    case above = ">"
    case atLeast = ">="
    case below = "<"
    case atMost = "<="

    /// True when a number fulfils it; NaN never does.
    func holds(_ number: Double, _ limit: Double) -> Bool {
      switch self {
      case .above: number > limit
      case .atLeast: number >= limit
      case .below: number < limit
      case .atMost: number <= limit
      }
    }
  }

  /// The region's name; nil is the selected one.
  public let region: String?
  /// What is compared.
  public let statistic: RegionStatistics.Statistic
  /// How.
  public let comparison: Comparison
  /// With what.
  public let value: Double

  /// Reads `[ROI] STAT OP X`; nil for anything else.
  public init?(words: [Substring]) {
    guard 3...4 ~= words.count,
      let statistic = RegionStatistics.Statistic(rawValue: String(words[words.count - 3])),
      let comparison = Comparison(rawValue: String(words[words.count - 2])),
      let value = Double(words[words.count - 1]), !value.isNaN
    else { return nil }
    region = words.count == 4 ? String(words[0]) : nil
    (self.statistic, self.comparison, self.value) = (statistic, comparison, value)
  }

  /// The next position after `position` where the comparison holds and did not hold just before,
  /// round the end of the stack; nil when there is none.
  ///
  /// - Complexity: O(frames).
  public func next(in trace: Trace, after position: Int) -> Int? {
    let count = trace.frames.count
    func holds(_ index: Int) -> Bool {
      trace.frames[index].map { comparison.holds($0[statistic], value) } ?? false
    }
    for offset in 1...max(1, count) where count > 0 {
      let index = (position + offset) % count
      if holds(index), index == 0 || !holds(index - 1) { return index }
    }
    return nil
  }
}
