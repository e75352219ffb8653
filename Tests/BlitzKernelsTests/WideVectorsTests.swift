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

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 2, 3, 16, 17, 500])
  func mediansCountTheSame(count: Int) throws {
    let samples = samples(8 * count).map { $0.isFinite ? $0.rounded() : $0 }
    let values = (0..<count).map { time in
      SIMD8<Float>((0..<8).map { samples[8 * time + $0] })
    }
    let pivot = values[count / 2]
    let counted = WideVectors.count(of: values.span, below: pivot)
    let surveyed = WideVectors.survey(values.span)
    let (below, survey) = (try #require(counted), try #require(surveyed))
    for lane in 0..<8 {
      let all = values.map { $0[lane] }
      let numbers = all.filter { !$0.isNaN }
      #expect(Int(below[lane]) == all.count { $0 < pivot[lane] })
      #expect(Int(survey.numbers[lane]) == numbers.count)
      #expect(survey.lows[lane] == numbers.min() ?? .infinity)
      #expect(survey.highs[lane] == numbers.max() ?? -.infinity)
    }
  }

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 2, 33, 5000])
  func narrowValuesCountTheSame(count: Int) throws {
    let samples = TestSamples.uniform(seed: 5, count: 8 * count, from: -100, to: 65_435)
    let values = (0..<count).map { time in
      SIMD8<Float>((0..<8).map { samples[8 * time + $0].rounded() })
    }
    var distances = [SIMD8<Int16>](repeating: .zero, count: count)
    let isNarrowed = WideVectors.narrow(values.span, from: .init(repeating: -100), into: &distances)
    #expect(isNarrowed)
    for (value, distance) in zip(values, distances) {
      for lane in 0..<8 { #expect(Int(distance[lane]) == Int(value[lane]) + 100 - 32768) }
    }
    let pivot = distances[count / 2]
    let counted = WideVectors.count(of: distances.span, above: pivot)
    let above = try #require(counted)
    for lane in 0..<8 {
      #expect(Int(above[lane]) == distances.count { $0[lane] > pivot[lane] })
    }
    let survey = WideVectors.survey(values.span)
    #expect(survey?.isWhole == true)
  }

  @Test func whatIsNotAllThereIsLeftAlone() {
    let samples = samples(64)
    var lows = [SIMD4<Float>](repeating: .init(repeating: .infinity), count: 1)
    let tooFew = WideVectors.lower(&lows, to: samples.span, FrameQuad(stride: 16, size: 16))
    let outside = WideVectors.raise(&lows, to: samples.span, FrameQuad(stride: 32, size: 4))
    #expect((tooFew, outside) == (0, 0))
    #expect(lows == [.init(repeating: .infinity)])
  }
}
