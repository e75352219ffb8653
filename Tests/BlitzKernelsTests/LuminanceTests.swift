import BlitzKernels
import BlitzTestSupport
import Testing

@Suite struct LuminanceTests {
  private func gray(_ samples: [Float], channels: Int) -> [Float] {
    var gray = [Float](repeating: -1, count: samples.count / channels)
    var span = gray.mutableSpan
    Luminance.gray(samples.span, channels: channels, into: &span)
    return gray
  }

  @Test(arguments: [3, 4])
  func weighsRedGreenAndBlue(channels: Int) {
    let samples = TestSamples.uniform(seed: 5, count: 101 * channels, from: 0, to: 65_535)
    let expected = (0..<101).map { pixel in
      let part = samples[pixel * channels..<pixel * channels + 3].map(Double.init)
      return 0.299 * part[0] + 0.587 * part[1] + 0.114 * part[2]
    }
    for (sample, exact) in zip(gray(samples, channels: channels), expected) {
      #expect(abs(Double(sample) - exact) <= 2e-7 * 65_535)
    }
  }

  @Test func equalChannelsStayExactly() {
    for value in [0, 1, 85, 255, 65_535, 0.1, -3.7, .infinity] as [Float] {
      #expect(gray([value, value, value], channels: 3) == [value])
    }
    #expect(gray([.nan, 1, 2], channels: 3)[0].isNaN)
  }

  @Test func alphaIsDropped() {
    #expect(gray([7, 1, 8, 2], channels: 2) == [7, 8])
    #expect(gray([5, 5, 5, 99], channels: 4) == [5])
    #expect(gray([3, 4], channels: 1) == [3, 4])
  }
}
