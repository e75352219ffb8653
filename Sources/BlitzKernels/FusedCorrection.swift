/// Subtracts and divides in one pass: y = (x - a S) / (b D + 1 - b).
///
/// NaN in x, S or D stays NaN. Where the denominator is exactly 0 the result is 0, and counted; anything
/// else is what arithmetic makes of it, infinities included.
public struct FusedCorrection: Sendable {
  private let subtractAmount, divideAmount: Float

  /// A correction that takes the parts `subtract` of S and `divide` of D, each in 0...1.
  public init(subtract: Double = 1, divide: Double = 1) {
    (subtractAmount, divideAmount) = (Float(subtract), Float(divide))
  }

  /// Corrects samples of one frame; all spans have the same count.
  ///
  /// - Parameters:
  ///   - subtrahend: S; empty for none.
  ///   - divisor: D; empty for none.
  /// - Returns: How many samples were set to 0 because their denominator is 0.
  /// - Complexity: One pass, no allocation.
  public func apply(
    to samples: Span<Float>, subtrahend: Span<Float>, divisor: Span<Float>,
    into result: inout MutableSpan<Float>
  ) -> Int {
    precondition(
      result.count == samples.count && (subtrahend.isEmpty || subtrahend.count == samples.count)
        && (divisor.isEmpty || divisor.count == samples.count), "wrong extents")
    switch (subtrahend.isEmpty || subtractAmount == 0, divisor.isEmpty || divideAmount == 0) {
    case (true, true):
      return each(samples, into: &result) { _, x in (x, .init(repeating: 1)) }
    case (false, true):
      return each(samples, into: &result) { i, x in
        (x - subtractAmount * subtrahend.paddedLanes(i), .init(repeating: 1))
      }
    case (true, false):
      return each(samples, into: &result) { i, x in (x, denominator(divisor.paddedLanes(i))) }
    case (false, false):
      return each(samples, into: &result) { i, x in
        (x - subtractAmount * subtrahend.paddedLanes(i), denominator(divisor.paddedLanes(i)))
      }
    }
  }

  @inline(__always)
  private func denominator(_ divisor: SIMD4<Float>) -> SIMD4<Float> {
    divideAmount * divisor + (1 - divideAmount)
  }

  /// Divides what `terms` makes of each group of samples.
  @inline(__always)
  private func each(
    _ samples: Span<Float>, into result: inout MutableSpan<Float>,
    _ terms: (_ group: Int, _ x: SIMD4<Float>) -> (SIMD4<Float>, SIMD4<Float>)
  ) -> Int {
    var zeroed = SIMD4<Int32>.zero
    for i in 0..<laneGroups(samples.count) {
      let (numerator, denominator) = terms(i, samples.paddedLanes(i))
      let isZero = denominator .== 0 .& numerator .== numerator
      zeroed &+= SIMD4<Int32>.zero.replacing(with: 1, where: isZero)
      result.setLanes(i, (numerator / denominator).replacing(with: 0, where: isZero))
    }
    return Int(zeroed.wrappedSum()) - zeroedPadding(samples.count, terms)
  }

  /// How many of the lanes past the end were counted: they are all 0 before the correction.
  private func zeroedPadding(
    _ count: Int, _ terms: (_ group: Int, _ x: SIMD4<Float>) -> (SIMD4<Float>, SIMD4<Float>)
  ) -> Int {
    guard !count.isMultiple(of: 4) else { return 0 }
    let (numerator, denominator) = terms(count / 4, .zero)
    return (count % 4..<4).count { denominator[$0] == 0 && numerator[$0] == numerator[$0] }
  }
}
