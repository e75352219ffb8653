import BlitzCore
import BlitzKernels
import Testing

struct LevelFitTests {
  private func window(_ samples: [Float], trimming percent: Double) -> LevelWindow {
    var fit = LevelFit()
    return fit.window(of: samples.span, trimming: percent)
  }

  @Test func trimsBothEnds() {
    let samples = (0...100).map { Float($0) } + [.nan, .infinity, -.infinity]
    #expect(window(samples, trimming: 0) == LevelWindow(darkest: 0, brightest: 100))
    #expect(window(samples, trimming: 1) == LevelWindow(darkest: 1, brightest: 99))
    #expect(window(samples, trimming: 2) == LevelWindow(darkest: 2, brightest: 98))
  }

  @Test func oneBrightPixelInTheDarkIsMinimumToMaximum() {
    let samples = [Float](repeating: 3, count: 999) + [70]
    #expect(window(samples, trimming: 1) == LevelWindow(darkest: 3, brightest: 70))
  }

  @Test func constantIsOneValue() {
    #expect(window([5, 5, 5], trimming: 1) == LevelWindow(darkest: 5, brightest: 5))
  }

  /// An extreme or a gap in any place, also behind the last whole group of lanes.
  @Test(arguments: [1, 7, 8, 9, 23])
  func extremesAreFoundInAnyPlace(count: Int) {
    for place in 0..<count {
      for odd in [Float.nan, .infinity, -.infinity, 90, -90] {
        var samples = (0..<count).map { Float($0 % 5) - 2 }
        samples[place] = odd
        let finite = samples.filter(\.isFinite).map { Double($0) }
        let expected = LevelWindow(darkest: finite.min() ?? 0, brightest: finite.max() ?? 1)
        #expect(window(samples, trimming: 0) == expected, "\(odd) at \(place)")
      }
    }
  }

  @Test func nothingFiniteIsUnit() {
    #expect(window([], trimming: 1) == .unit)
    #expect(window([.nan, .infinity], trimming: 0) == .unit)
    var fit = LevelFit()
    let (nothing, two): ([Float], [Float]) = ([.nan, -.infinity], [.nan, 2])
    for percent in [0.0, 1] {
      #expect(fit.finiteWindow(of: nothing.span, trimming: percent) == nil)
      #expect(fit.finiteWindow(of: two.span, trimming: percent)?.darkest == 2)
    }
  }
}
