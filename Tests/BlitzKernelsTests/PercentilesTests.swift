import BlitzKernels
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
}
