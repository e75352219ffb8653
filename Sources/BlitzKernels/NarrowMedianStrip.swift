/// Medians of eight neighbouring samples over time whose values are whole and span at most 16 bits.
///
/// Each lane is kept as its distance from the lane's smallest value, in 16 bits: half the memory and
/// half the instructions of `MedianStrip`'s passes, and no more of them than the span has bits.
/// Nothing may be NaN.
struct NarrowMedianStrip {
  private typealias Lanes = SIMD8<Int16>

  /// Distances from `lows`, less 2^15 so that they fill the signed range.
  private var distances: [SIMD8<Int16>] = []

  /// The middle value of each lane; the mean of the middle two when there is an even number of them.
  ///
  /// - Parameters:
  ///   - values: At least one vector of whole numbers.
  ///   - lows, highs: Extremes of each lane, at most 65535 apart.
  mutating func medians(
    of values: Span<SIMD8<Float>>, lows: SIMD8<Float>, highs: SIMD8<Float>
  ) -> SIMD8<Double> {
    if distances.count != values.count { distances.fill(values.count, with: .zero) }
    if !WideVectors.narrow(values, from: lows, into: &distances) {
      var target = distances.mutableSpan
      for i in values.indices { target[i] = (values[i] - lows).narrowed }
    }
    let lower = lowerMedians(span: Int((highs - lows).max()))
    return SIMD8<Double>(lows) + 32768 + middle(from: lower)
  }

  /// The value of rank (count - 1) / 2 in each lane: the smallest that few enough lie above.
  private func lowerMedians(span: Int) -> SIMD8<Int32> {
    let wanted = Int32(distances.count - (distances.count - 1) / 2)
    // As many as are wanted, or more, lie above this.
    var below = SIMD8<Int32>(repeating: -32769)
    for bit in (0..<Int.bitWidth - span.leadingZeroBitCount).reversed() {
      let pivot = below &+ (1 << Int32(bit))
      below.replace(with: pivot, where: count(above: pivot) .>= wanted)
    }
    return below &+ 1
  }

  private func middle(from lower: SIMD8<Int32>) -> SIMD8<Double> {
    let low = SIMD8<Double>(lower)
    guard distances.count.isMultiple(of: 2) else { return low }
    // Where half of the values lie above, the next one is the other middle value.
    let isBetween = count(above: lower) .== Int32(distances.count / 2)
    guard isBetween != SIMDMask(repeating: false) else { return low }
    let next = smallest(above: lower)
    var result = low
    for lane in 0..<8 where isBetween[lane] { result[lane] = (low[lane] + Double(next[lane])) / 2 }
    return result
  }

  private func count(above pivots: SIMD8<Int32>) -> SIMD8<Int32> {
    let values = distances.span
    let pivot = Lanes(truncatingIfNeeded: pivots)
    var total = SIMD8<Int32>.zero
    // 16 bits count no further.
    for start in stride(from: 0, to: values.count, by: 32767) {
      let part = values.extracting(start..<min(start + 32767, values.count))
      total &+= WideVectors.count(of: part, above: pivot) ?? Self.count(of: part, above: pivot)
    }
    return total
  }

  private static func count(of values: Span<Lanes>, above pivot: Lanes) -> SIMD8<Int32> {
    var count = Lanes.zero
    for i in values.indices {
      count &+= Lanes.zero.replacing(with: 1, where: values[i] .> pivot)
    }
    return SIMD8<Int32>(truncatingIfNeeded: count)
  }

  private func smallest(above pivots: SIMD8<Int32>) -> SIMD8<Int16> {
    let values = distances.span
    let pivot = Lanes(truncatingIfNeeded: pivots)
    if let wide = WideVectors.smallest(of: values, above: pivot) { return wide }
    var smallest = Lanes(repeating: .max)
    for i in values.indices {
      smallest.replace(with: values[i], where: values[i] .> pivot .& values[i] .< smallest)
    }
    return smallest
  }
}
