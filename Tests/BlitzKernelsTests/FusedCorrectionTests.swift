import BlitzKernels
import BlitzTestSupport
import Testing

struct FusedCorrectionTests {
  /// y = (x - a S) / (b D + 1 - b) with its rules, in Double.
  private func expected(
    _ x: Float, _ s: Float?, _ d: Float?, _ a: Double, _ b: Double
  ) -> (value: Double, isZeroed: Bool) {
    let top = Double(x) - (a == 0 ? 0 : a * Double(s ?? 0))
    guard let d, b != 0 else { return (top, false) }
    let bottom = b * Double(d) + 1 - b
    if top.isNaN || bottom.isNaN { return (.nan, false) }
    return bottom == 0 ? (0, true) : (top / bottom, false)
  }

  private func check(
    _ x: [Float], _ s: [Float], _ d: [Float], _ a: Double, _ b: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var found = [Float](repeating: -9, count: x.count)
    var span = found.mutableSpan
    let zeroed = FusedCorrection(subtract: a, divide: b)
      .apply(to: x.span, subtrahend: s.span, divisor: d.span, into: &span)
    let wanted = x.indices.map {
      expected(x[$0], s.isEmpty ? nil : s[$0], d.isEmpty ? nil : d[$0], a, b)
    }
    #expect(zeroed == wanted.count(where: \.isZeroed), sourceLocation: sourceLocation)
    for (y, want) in zip(found, wanted) {
      let tolerance = 1e-6 * (abs(want.value) + 1)
      #expect(agree(Double(y), want.value, within: tolerance), sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 97], [0, 0.3, 1])
  func matchesTheDefinition(count: Int, amount: Double) {
    let x = TestSamples.uniform(seed: 1, count: count, from: -5, to: 5)
    let s = TestSamples.uniform(seed: 2, count: count, from: -5, to: 5)
    let d = TestSamples.uniform(seed: 3, count: count, from: 1, to: 5)
    for (s, d) in [([], []), (s, []), ([], d), (s, d)] { check(x, s, d, amount, 1 - amount / 2) }
  }

  @Test func specialValues() {
    let values: [Float] = [0, -0.0, 1, -1, 7, .infinity, -.infinity, .nan]
    for s in values {
      for d in values {
        let (s, d) = ([Float](repeating: s, count: 8), [Float](repeating: d, count: 8))
        check(values, s, d, 1, 1)
        check(Array(values.prefix(5)), Array(s.prefix(5)), Array(d.prefix(5)), 1, 1)
      }
    }
  }

  @Test func denominatorThatTheAmountMakesZero() {
    check([4, 6, .nan], [], [-1, 1, -1], 1, 0.5)
  }
}
