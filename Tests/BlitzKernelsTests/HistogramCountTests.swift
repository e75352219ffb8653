import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct HistogramCountTests {
  private func histogram(_ samples: [Float], bins: Int, _ low: Double, _ high: Double) throws
    -> Histogram
  {
    let window = try #require(LevelWindow(darkest: low, brightest: high))
    var histogram = try #require(Histogram(bins: bins, over: window))
    histogram.add(samples.span)
    return histogram
  }

  @Test func matchesNumPy() throws {
    let samples = TestSamples.uniform(seed: 20, count: 17 * 23, from: -50, to: 4000)
    let counted = try histogram(samples, bins: 37, 0, 3000)
    #expect(counted.counts.map(Double.init) == Goldens.histogram)
    #expect(counted.below == samples.count { $0 < 0 })
    #expect(counted.above == samples.count { $0 > 3000 })
  }

  @Test func samplesOnEdgesFallWhereNumPyPutsThem() throws {
    let tenths = TestSamples.uniform(seed: 20, count: 17 * 23, from: -50, to: 4000)
      .map { Float((Double($0) / 100).rounded(.toNearestOrEven)) / 10 }
    #expect(
      try histogram(tenths, bins: 30, 0, 3).counts.map(Double.init) == Goldens.tenthsHistogram)
  }

  @Test(arguments: [1, 2, 3, 30, 256, 1024, 1025, 5000])
  func samplesTogetherAreCountedLikeOneByOne(bins: Int) throws {
    let numbers = TestSamples.uniform(seed: 21, count: 4001, from: -5, to: 35)
    let edges = (0..<2000).map { Float($0 % 301) / 10 }
    let odd: [Float] = [
      .nan, .infinity, -.infinity, -0.0, .greatestFiniteMagnitude, .leastNonzeroMagnitude,
    ]
    for window in [(0.0, 30.0), (0.1, 0.3), (5, 5), (-1e300, 1e308), (29.9, 1e5), (0, 1e-300)] {
      let samples = numbers + edges + odd + odd.reversed()
      let together = try histogram(samples, bins: bins, window.0, window.1)
      var single = together
      single.clear()
      for sample in samples { single.add([sample].span) }
      #expect(together == single)
    }
  }

  @Test func everySampleIsCountedOnce() throws {
    let samples: [Float] = [.nan, .infinity, -.infinity, 0, 1, 2, 2.5]
    let counted = try histogram(samples, bins: 2, 0, 2)
    #expect(counted.counts == [1, 2])
    #expect((counted.below, counted.above, counted.notANumber) == (1, 2, 1))
  }

  @Test func windowOfNoWidth() throws {
    #expect(try histogram([5, 5, 4, 6], bins: 3, 5, 5).counts.reduce(0, +) == 2)
  }

  @Test func addsAndClears() throws {
    var counted = try histogram([0, 1], bins: 1, 0, 1)
    counted.add([Float(0.5), .nan].span)
    #expect(counted.counts == [3] && counted.notANumber == 1)
    counted.clear()
    #expect(counted == Histogram(bins: 1, over: counted.window))
  }
}
