import BlitzCore

/// Moments of the numbers in a region, run by run.
///
/// Sums and squares are taken in Double about the first finite number; `BlockFold` says why that is safe.
struct RegionSums {
  private var count = 0
  private var low = Float.infinity
  private var high = -Float.infinity
  private var shift: Float?
  private var moved = 0.0
  private var squares = 0.0

  /// Adds a run of samples, NaN left out.
  mutating func add(_ samples: Span<Float>) {
    if shift == nil { shift = Self.firstFinite(in: samples) }
    let groups = samples.count / 4
    let offset = SIMD4<Double>(repeating: Double(shift ?? 0))
    var (sums, totals) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    var lows = SIMD4<Float>(repeating: .infinity)
    var highs = SIMD4<Float>(repeating: -.infinity)
    for i in 0..<groups {
      let lanes = samples.lanes(i)
      let deviation = SIMD4<Double>(lanes) - offset
      sums += deviation
      totals += deviation * deviation
      lows.replace(with: lanes, where: lanes .< lows)
      highs.replace(with: lanes, where: lanes .> highs)
    }
    guard !sums.sum().isNaN else {
      // Some are NaN, or two infinities cancel: one by one.
      for i in samples.indices { add(samples[i]) }
      return
    }
    (low, high) = (min(low, lows.min()), max(high, highs.max()))
    moved += sums.sum()
    squares += totals.sum()
    count += groups * 4
    for i in groups * 4..<samples.count { add(samples[i]) }
  }

  /// What has been added amounts to; the median is not known here.
  var statistics: RegionStatistics {
    var result = RegionStatistics()
    guard count > 0 else { return result }
    let numbers = Double(count)
    result.count = count
    result.sum = moved + numbers * Double(shift ?? 0)
    result.mean = Double(shift ?? 0) + moved / numbers
    let variance = (squares - moved * moved / numbers) / numbers
    result.std = (variance < 0 ? 0 : variance).squareRoot()
    (result.min, result.max) = (Double(low), Double(high))
    return result
  }

  private mutating func add(_ sample: Float) {
    guard !sample.isNaN else { return }
    let deviation = Double(sample) - Double(shift ?? 0)
    count += 1
    moved += deviation
    squares += deviation * deviation
    (low, high) = (min(low, sample), max(high, sample))
  }

  private static func firstFinite(in samples: Span<Float>) -> Float? {
    for i in samples.indices where samples[i].isFinite { return samples[i] }
    return nil
  }
}
