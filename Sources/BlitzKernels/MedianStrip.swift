/// Medians of eight neighbouring samples over time, by bisection.
///
/// Counting the values below a pivot takes one comparison a vector, so halving the eight intervals that
/// hold the medians, again and again, costs less than moving values about. It ends when each interval
/// holds one value, at the latest when it is one number wide. Whole numbers that span at most 16 bits
/// are left to a `NarrowMedianStrip`. NaN takes no part.
struct MedianStrip {
  /// A number's place in the order of numbers: itself for whole ones, else its bits turned to that order.
  private typealias Place = SIMD8<Int32>

  private var lows = SIMD8<Float>(repeating: .infinity)
  private var highs = SIMD8<Float>(repeating: -.infinity)
  private var counts = SIMD8<Int32>.zero
  private var isWhole = true

  /// The medians of each lane over `values`; the mean of the middle two when there is an even number
  /// of them, NaN when there is none.
  static func medians(
    of values: Span<SIMD8<Float>>, narrow: inout NarrowMedianStrip
  ) -> SIMD8<Double> {
    var strip = MedianStrip()
    strip.survey(values)
    if strip.isNarrow(values.count) {
      return narrow.medians(of: values, lows: strip.lows, highs: strip.highs)
    }
    let lower = strip.lowerMedians(of: values)
    return strip.averageWithUpper(lower, of: values)
  }

  /// Finds extremes, the number of numbers, and whether all are whole and small.
  private mutating func survey(_ values: Span<SIMD8<Float>>) {
    if let wide = WideVectors.survey(values) {
      (lows, highs, counts) = (wide.lows, wide.highs, wide.numbers)
      isWhole = wide.isWhole && isSmall
      return
    }
    // Adding 1.5 x 2^23 leaves no room for a fraction, up to 2^22.
    let round = SIMD8<Float>(repeating: 12_582_912)
    var fractions = SIMD8<Float>.zero
    for i in values.indices {
      let value = values[i]
      lows.replace(with: value, where: value .< lows)
      highs.replace(with: value, where: value .> highs)
      counts &+= Self.ones(where: value .== value)
      fractions.replace(with: value, where: ((value + round) - round) .!= value .& value .== value)
    }
    isWhole = fractions == .zero && isSmall
  }

  private var isSmall: Bool { lows.min() >= -4_194_304 && highs.max() <= 4_194_304 }

  /// True when all values are whole, none is NaN, and each lane's span at most 16 bits.
  private func isNarrow(_ count: Int) -> Bool {
    isWhole && count > 0 && counts == SIMD8(repeating: Int32(truncatingIfNeeded: count))
      && (highs - lows).max() <= 65535
  }

  /// The value of rank (count - 1) / 2 in each lane.
  private func lowerMedians(of values: Span<SIMD8<Float>>) -> SIMD8<Float> {
    let ranks = (counts &- 1) &>> 1
    // Fewer than or as many as `rank` lie below `first`, more than that below `end`.
    var first = place(of: lows)
    var end = place(of: highs) &+ 1
    var (belowFirst, belowEnd) = (SIMD8<Int32>.zero, counts)
    while any(belowEnd &- belowFirst .> 1 .& end &- first .!= 1) {
      let half = SIMD8<UInt32>(truncatingIfNeeded: end &- first) &>> 1
      let middle = first &+ SIMD8<Int32>(truncatingIfNeeded: half)
      let below = count(of: values, below: number(at: middle))
      let isLower = below .<= ranks
      first.replace(with: middle, where: isLower)
      belowFirst.replace(with: below, where: isLower)
      end.replace(with: middle, where: .!isLower)
      belowEnd.replace(with: below, where: .!isLower)
    }
    return smallest(of: values, from: number(at: first))
  }

  /// The mean of the lower median and the next value in order, where there is an even number of values.
  private func averageWithUpper(
    _ lower: SIMD8<Float>, of values: Span<SIMD8<Float>>
  ) -> SIMD8<Double> {
    var upper = SIMD8<Float>(repeating: .infinity)
    var upTo = SIMD8<Int32>.zero
    for i in values.indices {
      let value = values[i]
      upTo &+= Self.ones(where: value .<= lower)
      upper.replace(with: value, where: value .> lower .& value .< upper)
    }
    let isBetween = upTo &+ upTo .== counts
    let low = SIMD8<Double>(lower)
    let mean = (low + SIMD8<Double>(upper)) / 2
    var result = low
    for lane in 0..<8 where isBetween[lane] { result[lane] = mean[lane] }
    for lane in 0..<8 where counts[lane] == 0 { result[lane] = .nan }
    return result
  }
}

// MARK: Passes over the values
extension MedianStrip {
  private func count(
    of values: Span<SIMD8<Float>>, below pivot: SIMD8<Float>
  ) -> SIMD8<Int32> {
    if let wide = WideVectors.count(of: values, below: pivot) { return wide }
    var count = SIMD8<Int32>.zero
    for i in values.indices { count &+= Self.ones(where: values[i] .< pivot) }
    return count
  }

  private func smallest(
    of values: Span<SIMD8<Float>>, from bound: SIMD8<Float>
  ) -> SIMD8<Float> {
    var smallest = SIMD8<Float>(repeating: .infinity)
    for i in values.indices {
      let value = values[i]
      smallest.replace(with: value, where: value .>= bound .& value .< smallest)
    }
    return smallest
  }

  @inline(__always)
  private static func ones(where mask: SIMDMask<SIMD8<Int32>>) -> SIMD8<Int32> {
    SIMD8<Int32>.zero.replacing(with: 1, where: mask)
  }
}

// MARK: The order of numbers
extension MedianStrip {
  private func place(of numbers: SIMD8<Float>) -> SIMD8<Int32> {
    var places = SIMD8<Int32>.zero
    for lane in 0..<8 where counts[lane] > 0 {
      let bits = Int32(bitPattern: numbers[lane].bitPattern)
      places[lane] = isWhole ? Int32(numbers[lane]) : bits ^ (bits >> 31 & .max)
    }
    return places
  }

  private func number(at places: SIMD8<Int32>) -> SIMD8<Float> {
    if isWhole { return SIMD8<Float>(places) }
    var numbers = SIMD8<Float>()
    for lane in 0..<8 {
      let place = places[lane]
      numbers[lane] = Float(bitPattern: UInt32(bitPattern: place ^ (place >> 31 & .max)))
    }
    return numbers
  }
}
