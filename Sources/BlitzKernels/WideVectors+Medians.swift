import CVectorShims

/// The passes of medians over time; each returns nil, or false, where there are no wide vectors.
///
/// The pointers are to whole vectors of eight lanes, which have the layout that the functions read.
extension WideVectors {
  /// What a first look at values tells.
  struct Survey {
    var lows = SIMD8<Float>.zero
    var highs = SIMD8<Float>.zero
    /// Numbers in each lane.
    var numbers = SIMD8<Int32>.zero
    /// True when all numbers are whole, as far as that can be told: up to 2^22.
    var isWhole = false
  }

  static func survey(_ values: Span<SIMD8<Float>>) -> Survey? {
    guard areThere else { return nil }
    var survey = Survey()
    survey.isWhole = unsafe values.withUnsafeBytes { values in
      unsafe blz_median_survey(
        values.baseAddress, values.count / 32, &survey.lows, &survey.highs, &survey.numbers)
    }
    return survey
  }

  /// Distances of whole values from `lows`, less 2^15; as many as values.
  static func narrow(
    _ values: Span<SIMD8<Float>>, from lows: SIMD8<Float>, into distances: inout [SIMD8<Int16>]
  ) -> Bool {
    guard areThere, distances.count == values.count else { return false }
    var lows = lows
    unsafe values.withUnsafeBytes { values in
      unsafe distances.withUnsafeMutableBytes { distances in
        unsafe blz_median_narrow(
          values.baseAddress, values.count / 32, &lows, distances.baseAddress)
      }
    }
    return true
  }

  /// How many values of each lane are below a pivot.
  static func count(of values: Span<SIMD8<Float>>, below pivot: SIMD8<Float>) -> SIMD8<Int32>? {
    guard areThere else { return nil }
    var (pivot, counts) = (pivot, SIMD8<Int32>.zero)
    unsafe values.withUnsafeBytes { values in
      unsafe blz_count_below(values.baseAddress, values.count / 32, &pivot, &counts)
    }
    return counts
  }

  /// How many values of each lane, at most 32767, are above a pivot.
  static func count(of values: Span<SIMD8<Int16>>, above pivot: SIMD8<Int16>) -> SIMD8<Int32>? {
    guard areThere, values.count <= 32767 else { return nil }
    var (pivot, counts) = (pivot, SIMD8<Int32>.zero)
    unsafe values.withUnsafeBytes { values in
      unsafe blz_count_above(values.baseAddress, values.count / 16, &pivot, &counts)
    }
    return counts
  }

  /// The smallest value of each lane above a pivot.
  static func smallest(
    of values: Span<SIMD8<Int16>>, above pivot: SIMD8<Int16>
  ) -> SIMD8<Int16>? {
    guard areThere else { return nil }
    var (pivot, smallest) = (pivot, SIMD8<Int16>.zero)
    unsafe values.withUnsafeBytes { values in
      unsafe blz_smallest_above(values.baseAddress, values.count / 16, &pivot, &smallest)
    }
    return smallest
  }
}
