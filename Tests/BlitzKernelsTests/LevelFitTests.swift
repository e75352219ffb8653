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

  @Test func nothingFiniteIsUnit() {
    #expect(window([], trimming: 1) == .unit)
    #expect(window([.nan, .infinity], trimming: 0) == .unit)
  }
}
