/// What the numbers in a region of one frame amount to; NaN is left out.
public struct RegionStatistics: Equatable, Sendable {
  /// A statistic by the name it has on the command line and in tables.
  public enum Statistic: String, CaseIterable, Hashable, Sendable {
    case mean, median, std, min, max, sum, n
  }

  /// How many numbers there are; the others are NaN when there is none.
  public var count = 0
  /// Their sum.
  public var sum = Double.nan
  /// Their mean.
  public var mean = Double.nan
  /// Their population standard deviation.
  public var std = Double.nan
  /// The smallest.
  public var min = Double.nan
  /// The largest.
  public var max = Double.nan
  /// The middle value, the mean of the middle two for an even count; NaN also where it was not asked for.
  public var median = Double.nan

  /// The statistics of nothing.
  public init() {}

  /// One of them.
  public subscript(statistic: Statistic) -> Double {
    switch statistic {
    case .mean: mean
    case .median: median
    case .std: std
    case .min: min
    case .max: max
    case .sum: sum
    case .n: Double(count)
    }
  }
}

extension Set<RegionStatistics.Statistic> {
  /// What a look or two at a region gives; the median needs its numbers side by side.
  public static let allButMedian: Self = [.mean, .std, .min, .max, .sum, .n]
}
