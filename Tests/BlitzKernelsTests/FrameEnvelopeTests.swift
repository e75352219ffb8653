import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct FrameEnvelopeTests {
  /// The extremes of the samples at some places; NaN for none.
  private func extremes(_ samples: [Float], _ places: [Int]) -> (low: Double, high: Double) {
    let numbers = places.map { Double(samples[$0]) }.filter { !$0.isNaN }
    return (numbers.min() ?? .nan, numbers.max() ?? .nan)
  }

  @Test(arguments: [1, 3])
  func everyLineHasTheExtremesOfItsSamples(channels: Int) throws {
    let shape = try #require(StackShape(frames: 1, rows: 5, columns: 7, channels: channels))
    var envelope = FrameEnvelope()
    for seed in 1...3 {
      var samples = TestSamples.uniform(seed: UInt64(seed), count: shape.frameSize, from: -9, to: 9)
      // The second row and the third column hold no number at all.
      for i in samples.indices where i / (7 * channels) == 1 || i / channels % 7 == 2 {
        samples[i] = .nan
      }
      envelope.measure(samples.span, of: shape)
      for channel in 0..<channels {
        for x in 0..<7 {
          let expected = extremes(samples, (0..<5).map { ($0 * 7 + x) * channels + channel })
          let i = x * channels + channel
          #expect(agree(envelope.columns.low[i], expected.low, within: 0))
          #expect(agree(envelope.columns.high[i], expected.high, within: 0))
        }
        for y in 0..<5 {
          let expected = extremes(samples, (0..<7).map { (y * 7 + $0) * channels + channel })
          let i = y * channels + channel
          #expect(agree(envelope.rows.low[i], expected.low, within: 0))
          #expect(agree(envelope.rows.high[i], expected.high, within: 0))
        }
      }
    }
  }

  /// Sorted, and interpolated between the two samples that the percentile lies between.
  private func percentile(_ percent: Double, _ samples: [Float], _ places: [Int]) -> Double {
    let numbers = places.map { Double(samples[$0]) }.filter { !$0.isNaN }.sorted()
    guard let last = numbers.last else { return .nan }
    let position = percent / 100 * Double(numbers.count - 1)
    let next = Int(position) + 1 < numbers.count ? numbers[Int(position) + 1] : last
    let low = numbers[Int(position)]
    return low + (next - low) * (position - position.rounded(.down))
  }

  @Test(arguments: [(1, 1.0), (3, 5), (1, 25), (3, 0)])
  func percentilesOfEveryLine(channels: Int, trim: Double) throws {
    let shape = try #require(StackShape(frames: 1, rows: 11, columns: 7, channels: channels))
    var samples = TestSamples.uniform(seed: 8, count: shape.frameSize, from: -9, to: 9)
    for i in samples.indices where i / (7 * channels) == 1 || i / channels % 7 == 2 || i % 5 == 4 {
      samples[i] = .nan
    }
    var envelope = FrameEnvelope()
    envelope.measure(samples.span, of: shape, trim: trim)
    for channel in 0..<channels {
      for x in 0..<7 {
        let places = (0..<11).map { ($0 * 7 + x) * channels + channel }
        let (low, high) = (
          percentile(trim, samples, places), percentile(100 - trim, samples, places)
        )
        #expect(agree(envelope.columns.low[x * channels + channel], low, within: 1e-6))
        #expect(agree(envelope.columns.high[x * channels + channel], high, within: 1e-6))
      }
      for y in 0..<11 {
        let places = (0..<7).map { (y * 7 + $0) * channels + channel }
        let (low, high) = (
          percentile(trim, samples, places), percentile(100 - trim, samples, places)
        )
        #expect(agree(envelope.rows.low[y * channels + channel], low, within: 1e-6))
        #expect(agree(envelope.rows.high[y * channels + channel], high, within: 1e-6))
      }
    }
  }

  @Test func aStackLiesBetweenItsMinimumAndItsMaximumImage() throws {
    let shape = try #require(StackShape(frames: 1, rows: 2, columns: 3))
    let (low, high): ([Float], [Float]) = ([1, 2, .nan, 4, -5, .nan], [7, 8, .nan, 9, 6, .nan])
    var envelope = FrameEnvelope()
    envelope.measure(low: low.span, high: high.span, of: shape)
    #expect(envelope.columns.low.map { $0.isNaN ? -99 : $0 } == [1, -5, -99])
    #expect(envelope.columns.high.map { $0.isNaN ? -99 : $0 } == [9, 8, -99])
    #expect(envelope.rows.low == [1, -5] && envelope.rows.high == [8, 9])
  }
}
