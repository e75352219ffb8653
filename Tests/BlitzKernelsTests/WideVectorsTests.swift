@testable import BlitzKernels
import BlitzTestSupport
import Testing

struct WideVectorsTests {
  /// Accumulators of a band, as a fold keeps them.
  private struct Accumulators: Equatable {
    var sums, squares: [UInt64]
    var lows, highs: [UInt32]
  }

  private func samples(_ count: Int) -> [Float] {
    var samples = TestSamples.uniform(seed: 21, count: count, from: -1e4, to: 1e4)
    for (i, odd) in [Float.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, 3e38]
      .enumerated()
    where i * 5 < count { samples[i * 5] = odd }
    return samples
  }

  private func fold(_ quad: FrameQuad, _ samples: [Float]) -> [Accumulators] {
    let groups = laneGroups(quad.size)
    let shift = samples.prefix(4 * groups) + [Float](repeating: 0, count: 4)
    var sums = [SIMD4<Double>](repeating: [0, 1, -1, 0.1], count: groups)
    var squares = sums
    var lows = [SIMD4<Float>](repeating: .init(repeating: .infinity), count: groups)
    var highs = [SIMD4<Float>](repeating: .init(repeating: -.infinity), count: groups)
    var results: [Accumulators] = []
    func note() {
      results.append(
        Accumulators(
          sums: sums.flatMap { sum in (0..<4).map { sum[$0].bitPattern } },
          squares: squares.flatMap { square in (0..<4).map { square[$0].bitPattern } },
          lows: lows.flatMap { low in (0..<4).map { low[$0].bitPattern } },
          highs: highs.flatMap { high in (0..<4).map { high[$0].bitPattern } }))
    }
    let shifts = Array(shift.prefix(4 * groups))
    quad.add(samples.span, shift: shifts, to: &sums, squares: &squares)
    note()
    quad.lower(&lows, to: samples.span)
    quad.raise(&highs, to: samples.span)
    note()
    quad.add(
      samples.span, shift: shifts, to: &sums, squares: &squares, lows: &lows, highs: &highs)
    note()
    return results
  }

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 3, 4, 5, 8, 31, 64, 129])
  func theyChangeNoBit(size: Int) {
    let stride = size + 3
    let samples = samples(4 * stride)
    let wide = fold(FrameQuad(stride: stride, size: size), samples)
    let narrow = fold(FrameQuad(stride: stride, size: size, isWide: false), samples)
    #expect(wide == narrow)
  }

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 4, 7, 64, 130])
  func aWindowMovesTheSame(size: Int) {
    let oldest = TestSamples.uniform(seed: 3, count: size, from: -5, to: 5)
    let newest = TestSamples.uniform(seed: 4, count: size, from: -5, to: 1e6)
    var sums = [SIMD4<Double>](repeating: [0, 1, -1, 0.1], count: laneGroups(size))
    var means = [Float](repeating: 0, count: size)
    var expected: [Double] = []
    for i in 0..<size {
      let sum: Double = sums[i / 4][i % 4] + Double(newest[i])
      expected.append(sum - Double(oldest[i]))
    }
    var span = means.mutableSpan
    let done = WideVectors.slide(&sums, 0.25, oldest.span, newest.span, &span)
    #expect(done == size / 4)
    for i in 0..<4 * done {
      #expect(sums[i / 4][i % 4].bitPattern == expected[i].bitPattern)
      #expect(means[i] == Float(expected[i] * 0.25))
    }
  }

  @Test func whatIsNotAllThereIsLeftAlone() {
    let samples = samples(64)
    var lows = [SIMD4<Float>](repeating: .init(repeating: .infinity), count: 1)
    #expect(WideVectors.lower(&lows, to: samples.span, FrameQuad(stride: 16, size: 16)) == 0)
    #expect(WideVectors.raise(&lows, to: samples.span, FrameQuad(stride: 32, size: 4)) == 0)
    #expect(lows == [.init(repeating: .infinity)])
  }
}
