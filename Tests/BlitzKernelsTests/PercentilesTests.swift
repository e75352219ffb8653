@testable import BlitzKernels
import BlitzTestSupport
import Testing

struct PercentilesTests {
  /// The definition: sort, then interpolate.
  private func expected(_ samples: [Float], _ percent: Double) -> Double {
    let sorted = samples.filter { !$0.isNaN }.sorted().map(Double.init)
    guard !sorted.isEmpty else { return .nan }
    let position = percent / 100 * Double(sorted.count - 1)
    let (low, high) = (sorted[Int(position)], sorted[Int(position.rounded(.up))])
    return low == high ? low : low + (high - low) * (position - position.rounded(.down))
  }

  @Test func matchesNumPy() {
    let samples = TestSamples.uniform(seed: 20, count: 17 * 23, from: -50, to: 4000)
    var percentiles = Percentiles()
    for _ in 0..<2 {
      let values = percentiles.values(of: samples.span, at: Goldens.percents)
      for (value, golden) in zip(values, Goldens.percentiles) {
        #expect(agree(value, golden, within: 1e-9))
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 97, 1000])
  func matchesSorting(count: Int) {
    var samples = TestSamples.uniform(seed: 7, count: count, from: -1, to: 1)
    if count > 4 { samples.replaceSubrange(0..<3, with: [.nan, -0.0, 0]) }
    var percentiles = Percentiles()
    let percents = [0, 12.5, 25, 50, 99, 100.0]
    for (percent, value) in zip(percents, percentiles.values(of: samples.span, at: percents)) {
      #expect(agree(value, expected(samples, percent), within: 1e-9), "\(percent) of \(count)")
    }
  }

  @Test func infinitiesAreExtremes() {
    var percentiles = Percentiles()
    let samples: [Float] = [.infinity, 2, -.infinity, 1, .nan]
    let values = percentiles.values(of: samples.span, at: [0, 50, 100])
    #expect(values == [-.infinity, 1.5, .infinity])
    var finite = Percentiles(finiteOnly: true)
    #expect(finite.values(of: samples.span, at: [0, 50, 100]) == [1, 1.5, 2])
  }

  @Test func nothingToRank() {
    var percentiles = Percentiles()
    #expect(percentiles.values(of: [Float]().span, at: [50])[0].isNaN)
    #expect(percentiles.values(of: [Float.nan].span, at: [50])[0].isNaN)
  }

  @Test func strangePercentsAreClamped() {
    var percentiles = Percentiles()
    let values = percentiles.values(of: [Float(1), 3].span, at: [-5, 500, .nan, .infinity])
    #expect(values == [1, 3, 1, 3])
  }

  /// Large frames of all kinds, of which a sample tells much, little, or what is wrong.
  private func frame(_ kind: Int) -> [Float] {
    let count = 40_007
    var samples = TestSamples.uniform(seed: 31, count: count, from: -1000, to: 1000)
    switch kind {
    case 0: break
    case 1: for i in 0..<count { samples[i] = samples[i].rounded() / 64 }
    case 2: for i in 0..<count where i % 3 > 0 { samples[i] = 7 }
    case 3: for i in 0..<count { samples[i] = samples[i] > 998 ? 1e6 : 12 }
    case 4: for i in 0..<count { samples[i] = Float(i / 4000) }
    case 5: samples[17] = .nan
    case 6: (samples[3], samples[count - 1]) = (.infinity, -.infinity)
    case 7: for i in 0..<count { samples[i] = 5 }
    // Nothing of the steep part is likely to be drawn.
    default: for i in 0..<count { samples[i] = i < 400 ? -Float(i * i) : 0 }
    }
    return samples
  }

  @Test(arguments: 0...8)
  func matchesSortingOfLargeFrames(kind: Int) {
    let samples = frame(kind)
    var percentiles = Percentiles()
    for percents in [[1.0, 99], [0, 100], [50], [2, 98], [0.1, 30], [99.97]] {
      for (percent, value) in zip(percents, percentiles.values(of: samples.span, at: percents)) {
        #expect(agree(value, expected(samples, percent), within: 1e-9), "\(percent)")
      }
    }
  }

  @Test func aGuessThatMissesIsNoticed() {
    var memory: [Float] = []
    // A sample that says that all is near 5, of samples that are not.
    let wrong = (0..<1024).map { 5 + Float($0) / 1024 }
    let samples = (0..<1600).map { Float($0 % 16) }
    var bracket = PercentileBracket(percent: 50, sample: wrong, memory: &memory)
    let isDone = bracket.collect(samples.span, limit: 100)
    #expect(isDone)
    #expect(bracket.sample(ofRank: 100) == nil)
    #expect(bracket.sample(ofRank: 1500) == nil)
    bracket.release(to: &memory)
    var wide = PercentileBracket(percent: 50, sample: [-1, 99], memory: &memory)
    let isWithinLimit = wide.collect(samples.span, limit: 100)
    #expect(!isWithinLimit)
  }

  @Test func samplesAtBothEndsAreCountedOnce() {
    var memory: [Float] = []
    let samples = [Float](repeating: 5, count: 800) + [Float](repeating: 9, count: 800)
    var bracket = PercentileBracket(
      percent: 50, sample: [Float](repeating: 5, count: 1024), memory: &memory)
    let isDone = bracket.collect(samples.span, limit: 100)
    #expect(isDone)
    #expect(bracket.sample(ofRank: 799) == 5)
    #expect(bracket.sample(ofRank: 800) == nil)
  }
}
