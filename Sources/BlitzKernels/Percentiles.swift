import BlitzCore

/// Exact percentiles of a frame, interpolated linearly between neighbours as NumPy does by default.
///
/// Every sample is looked at, never a stride. A value to keep: it holds its tables and reuses them from
/// frame to frame.
public struct Percentiles: Sendable {
  private var search: RankSearch
  /// Some samples, sorted, and those that are likely to be near a percentile.
  private var drawn: [Float] = []
  private var candidates: [Float] = []

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
  /// - Complexity: A pass over the samples for each of one or two percents, where there are many and all
  ///   finite; else two passes, with a look-up in a table for every sample.
  public mutating func values(of samples: Span<Float>, at percents: [Double]) -> [Double] {
    bracketed(samples, percents) ?? counted(samples, percents)
  }

  private mutating func counted(_ samples: Span<Float>, _ percents: [Double]) -> [Double] {
    search.clear()
    search.countUpper(samples)
    guard search.population > 0 else { return percents.map { _ in .nan } }
    let positions = percents.map { RankPosition(percent: $0, population: search.population) }
    search.want(positions.flatMap { [$0.rank, $0.next] })
    search.countLower(samples)
    return positions.map { $0.value(in: search) }
  }

  /// Samples drawn to guess by: their order costs as much as a tenth of a pass over 512 x 512.
  private static let drawnCount = 1024

  /// The same from the few samples near each percentile; nil where that would not pay, or a guess of what
  /// is near missed.
  private mutating func bracketed(_ samples: Span<Float>, _ percents: [Double]) -> [Double]? {
    guard samples.count >= 16 * Self.drawnCount, percents.count <= 2, samples.isFinite else {
      return nil
    }
    draw(from: samples)
    var values: [Double] = []
    for percent in percents {
      let position = RankPosition(percent: percent, population: samples.count)
      var bracket = PercentileBracket(
        percent: position.percent, sample: drawn, memory: &candidates)
      defer { bracket.release(to: &candidates) }
      guard bracket.collect(samples, limit: samples.count / 8),
        let low = bracket.sample(ofRank: position.rank),
        let next = bracket.sample(ofRank: position.next)
      else { return nil }
      values.append(position.value(between: Double(low), Double(next)))
    }
    return values
  }

  /// Draws samples evenly, but at no fixed distance, which rows could share (Weyl's sequence).
  private mutating func draw(from samples: Span<Float>) {
    drawn.removeAll(keepingCapacity: true)
    var place: UInt64 = 0
    for _ in 0..<Self.drawnCount {
      place &+= 0x9e37_79b9_7f4a_7c15
      drawn.append(samples[Int(place.multipliedFullWidth(by: UInt64(samples.count)).high)])
    }
    drawn.sort()
  }
}

/// Where a percentile lies between two ranks.
struct RankPosition {
  /// The rank at or below it and the one above, equal at the last one.
  let rank, next: Int
  /// Clamped to 0...100.
  let percent: Double
  private let fraction: Double

  /// The position among `population` samples, at least 1.
  init(percent: Double, population: Int) {
    self.percent = percent > 0 ? min(percent, 100) : 0
    let position = self.percent / 100 * Double(population - 1)
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
