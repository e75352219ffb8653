/// Exact percentiles of a frame, interpolated linearly between neighbours as NumPy does by default.
///
/// Every sample is looked at, never a stride. A value to keep: it holds its counting tables and
/// reuses them from frame to frame.
public struct Percentiles: Sendable {
  private var search: RankSearch

  /// Makes the tables, about 600 KiB.
  ///
  /// - Parameter finiteOnly: True leaves infinities out; false keeps them as the extremes they are.
  ///   NaN never takes part.
  public init(finiteOnly: Bool = false) { search = RankSearch(finiteOnly: finiteOnly) }

  /// Percentiles of some samples.
  ///
  /// - Parameters:
  ///   - samples: Any number of them.
  ///   - percents: At most 64, clamped to 0...100; NaN counts as 0.
  /// - Returns: One value per percent; NaN where no sample takes part.
  /// - Complexity: Two passes over the samples.
  public mutating func values(of samples: Span<Float>, at percents: [Double]) -> [Double] {
    search.clear()
    search.countUpper(samples)
    guard search.population > 0 else { return percents.map { _ in .nan } }
    let positions = percents.map { RankPosition(percent: $0, population: search.population) }
    search.want(positions.flatMap { [$0.rank, $0.next] })
    search.countLower(samples)
    return positions.map { $0.value(in: search) }
  }
}

/// Where a percentile lies between two ranks.
struct RankPosition {
  /// The rank at or below it and the one above, equal at the last one.
  let rank, next: Int
  private let fraction: Double

  /// The position among `population` samples, at least 1.
  init(percent: Double, population: Int) {
    let position = (percent > 0 ? min(percent, 100) / 100 : 0) * Double(population - 1)
    rank = Int(position)
    next = min(rank + 1, population - 1)
    fraction = position - Double(rank)
  }

  /// The interpolated value; between equal samples it is exactly theirs, infinities included.
  func value(in search: RankSearch) -> Double {
    let low = Double(search.sample(ofRank: rank))
    return fraction > 0 ? value(between: low, Double(search.sample(ofRank: next))) : low
  }

  /// The interpolated value between the samples of both ranks.
  func value(between low: Double, _ high: Double) -> Double {
    guard fraction > 0, low < high else { return low }
    // From the nearer end, as NumPy does, so that the result never passes the other one.
    return fraction < 0.5
      ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
  }
}
