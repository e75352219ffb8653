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

  /// True when any of S, or of D, is taken at all.
  var subtracts: Bool { subtractAmount != 0 }
  var divides: Bool { divideAmount != 0 }

  /// a S, just as `apply` takes it from a sample.
  func offset(_ subtrahend: Float) -> Float { subtractAmount * subtrahend }

  /// b D + 1 - b, just as `apply` divides by it.
  func denominator(_ divisor: Float) -> Float { divideAmount * divisor + (1 - divideAmount) }

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
    let subtracts = !subtrahend.isEmpty && self.subtracts
    let divides = !divisor.isEmpty && self.divides
    // Literals, so that each loop is made for what it does.
    switch (subtracts, divides) {
    case (false, false): return run(samples, subtrahend, divisor, &result, false, false)
    case (true, false): return run(samples, subtrahend, divisor, &result, true, false)
    case (false, true): return run(samples, subtrahend, divisor, &result, false, true)
    case (true, true): return run(samples, subtrahend, divisor, &result, true, true)
    }
  }

  @inline(__always)
  private func run(
    _ samples: Span<Float>, _ subtrahend: Span<Float>, _ divisor: Span<Float>,
    _ result: inout MutableSpan<Float>, _ subtracts: Bool, _ divides: Bool
  ) -> Int {
    var zeroed = SIMD4<Int32>.zero
    for i in 0..<samples.count / 4 {
      var value = samples.lanes(i)
      if subtracts { value -= subtractAmount * subtrahend.lanes(i) }
      if divides {
        let denominator = divideAmount * divisor.lanes(i) + (1 - divideAmount)
        let isZero = denominator .== 0 .& value .== value
        zeroed &+= SIMD4<Int32>.zero.replacing(with: 1, where: isZero)
        value = (value / denominator).replacing(with: 0, where: isZero)
      }
      result.setLanes(i, value)
    }
    var zeroedRest = 0
    for i in samples.count / 4 * 4..<samples.count {
      let numerator = subtracts ? samples[i] - subtractAmount * subtrahend[i] : samples[i]
      let denominator = divides ? divideAmount * divisor[i] + (1 - divideAmount) : 1
      let isZero = denominator == 0 && !numerator.isNaN
      result[i] = isZero ? 0 : numerator / denominator
      zeroedRest += isZero ? 1 : 0
    }
    return Int(zeroed.wrappedSum()) + zeroedRest
  }
}
