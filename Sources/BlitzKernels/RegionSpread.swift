import BlitzCore

/// Squares about a mean, and the extremes, of the numbers in a region, run by run.
struct RegionSpread {
  /// The smallest and largest number; infinite, the wrong way round, when there was none.
  private(set) var low = Float.infinity
  private(set) var high = -Float.infinity
  private let mean: Double
  private var squares = SIMD4<Double>.zero

  init(about mean: Double) { self.mean = mean }

  /// The sum of squared differences from the mean.
  var sum: Double { squares.sum() }

  /// Adds a run of numbers; none may be NaN.
  mutating func add(_ samples: Span<Float>) {
    let groups = samples.count / 4
    let center = SIMD4<Double>(repeating: mean)
    var totals = squares
    var lows = SIMD4<Float>(repeating: low)
    var highs = SIMD4<Float>(repeating: high)
    for i in 0..<groups {
      let lanes = samples.lanes(i)
      let deviation = SIMD4<Double>(lanes) - center
      totals += deviation * deviation
      lows.replace(with: lanes, where: lanes .< lows)
      highs.replace(with: lanes, where: lanes .> highs)
    }
    (squares, low, high) = (totals, lows.min(), highs.max())
    for i in groups * 4..<samples.count { add(samples[i]) }
  }

  /// Adds a run of samples, NaN left out.
  mutating func addNumbers(_ samples: Span<Float>) {
    for i in samples.indices where !samples[i].isNaN { add(samples[i]) }
  }

  private mutating func add(_ number: Float) {
    let deviation = Double(number) - mean
    squares[0] += deviation * deviation
    (low, high) = (min(low, number), max(high, number))
  }
}
