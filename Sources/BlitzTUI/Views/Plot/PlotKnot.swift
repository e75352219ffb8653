/// What a plot shows at one place along its positions: one sample, or all that share a dot.
///
/// NaN stands for what there is none of.
struct PlotKnot {
  /// Extremes of the finite values, so that an event of a single sample survives any reduction.
  var low = Double.nan
  var high = Double.nan
  /// The first and the last value: where the line comes in and goes out; NaN breaks the line.
  var entry = Double.nan
  var exit = Double.nan
  /// Extremes of the band.
  var bandLow = Double.nan
  var bandHigh = Double.nan

  init() {}

  /// Gathers the samples of some positions, not empty; positions beyond the data count as gaps.
  init(_ series: borrowing PlotSeries, positions: Range<Int>) {
    let values = series.values.span
    (low, high) = Self.extremes(values, positions)
    entry = Self.finite(values, positions.lowerBound)
    exit = Self.finite(values, positions.upperBound - 1)
    guard let band = series.band else { return }
    bandLow = Self.extremes(band.low.span, positions).low
    bandHigh = Self.extremes(band.high.span, positions).high
  }

  /// Takes the knot's values into a range that starts as `inf...-inf`.
  func widen(_ low: inout Double, _ high: inout Double) {
    // Comparisons with NaN are false.
    if self.low < low { low = self.low }
    if self.high > high { high = self.high }
    if bandLow < low { low = bandLow }
    if bandHigh > high { high = bandHigh }
  }

  private static func finite(_ values: borrowing Span<Double>, _ position: Int) -> Double {
    guard position >= 0, position < values.count, values[position].isFinite else { return .nan }
    return values[position]
  }

  private static func extremes(
    _ values: borrowing Span<Double>, _ positions: Range<Int>
  ) -> (low: Double, high: Double) {
    let limit = Double.greatestFiniteMagnitude
    var (low, high) = (Double.infinity, -Double.infinity)
    for i in positions.clamped(to: 0..<values.count) {
      let value = values[i]
      if value < low && value >= -limit { low = value }
      if value > high && value <= limit { high = value }
    }
    return low <= high ? (low, high) : (.nan, .nan)
  }
}
