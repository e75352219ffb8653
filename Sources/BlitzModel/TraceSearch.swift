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

  /// What a search comes to.
  public enum Outcome: Equatable, Sendable {
    /// The position of a crossing; `wrapped` when it was met beyond the end of the stack.
    case found(Int, wrapped: Bool)
    /// The comparison is nowhere come to.
    case nowhere
    /// A frame on the way is not measured yet.
    case unmeasured
  }

  /// The next position after `position` where the comparison holds and did not hold just before, round
  /// the end of the stack. The first frame, which has none before it, counts only where it holds and
  /// nothing else is found.
  ///
  /// - Parameter isFinal: True when no more will be measured: what is missing then never holds.
  /// - Complexity: O(frames).
  public func outcome(in trace: Trace, after position: Int, isFinal: Bool) -> Outcome {
    let count = trace.frames.count
    var holdsAtFirst = false
    for offset in 1...max(1, count) where count > 0 {
      let index = (position + offset) % count
      guard let holds = holds(trace.frames[index], isFinal) else { return .unmeasured }
      guard holds else { continue }
      if index == 0 {
        holdsAtFirst = true
        continue
      }
      guard let held = self.holds(trace.frames[index - 1], isFinal) else { return .unmeasured }
      if !held { return .found(index, wrapped: position + offset >= count) }
    }
    return holdsAtFirst ? .found(0, wrapped: true) : .nowhere
  }

  /// Nil while it is not known: a trace that was measured for another statistic has no medians.
  private func holds(_ statistics: RegionStatistics?, _ isFinal: Bool) -> Bool? {
    guard let statistics, statistic != .median || !statistics.median.isNaN || statistics.count == 0
    else { return isFinal ? false : nil }
    return comparison.holds(statistics[statistic], value)
  }

  /// The search as it is typed: `A mean > 500`.
  var text: String {
    "\(region.map { $0 + " " } ?? "")\(statistic.rawValue) \(comparison.rawValue) \(value.text())"
  }
}

extension TraceSearch {
  /// How the next word of `[ROI] STAT OP X` can begin.
  static func operands(_ before: [Substring], _ regions: [String]) -> [String] {
    let statistics = RegionStatistics.Statistic.allCases.map(\.rawValue)
    guard let last = before.last.map({ String($0) }) else { return regions + statistics }
    if before.count == 1, regions.contains(last) { return statistics }
    let isStatistic = before.count <= 2 && statistics.contains(last)
    return isStatistic ? Comparison.allCases.map(\.rawValue) : []
  }
}

/// A search that goes on when more of its trace is measured.
struct RunningSearch: Equatable, Sendable {
  let search: TraceSearch
  /// The region whose trace is searched; nil for the probed pixel.
  let name: String?
  /// Where it began.
  let start: Int
}
