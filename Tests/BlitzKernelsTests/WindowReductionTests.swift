import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct WindowReductionTests {
  private static let windows = [
    SlidingWindow(.slide(lag: 0), length: 1), SlidingWindow(.slide(lag: 2), length: 5),
    SlidingWindow(.trail, length: 4), SlidingWindow(.center, length: 5),
    SlidingWindow(.center, length: 6), SlidingWindow(.trail, length: 99),
  ].compactMap(\.self)

  private func samples(frames: Int, size: Int) -> [Float] {
    var samples = TestSamples.uniform(seed: 9, count: frames * size, from: -3, to: 3)
    for i in stride(from: 0, to: samples.count, by: 11) { samples[i] = .nan }
    for frame in 0..<frames { samples[frame * size + 1] = .nan }
    samples[7 * size + 2] = .infinity
    samples[9 * size + 2] = -.infinity
    return samples
  }

  @Test(arguments: windows, [Projection.mean, .min, .max, .median])
  func matchesTheDefinition(window: SlidingWindow, operation: Projection) throws {
    let (frames, size) = (31, 7)
    let samples = samples(frames: frames, size: size)
    let store = try TestStack.store(
      frames: frames, rows: 1, columns: size, samples: samples, damaged: [4], pending: [12])
    var moving = try #require(
      WindowReduction(operation, over: window, rows: 0..<1, of: store, scratch: BandScratch()))
    // Forward, then jumps in both directions.
    for frame in Array(0..<frames) + [3, 30, 15, 16, 2] {
      var found = [Float](repeating: -1, count: size)
      var span = found.mutableSpan
      try moving.write(frame: frame, to: &span)
      let used = window.frames(of: frame, in: frames).filter { $0 != 4 && $0 != 12 }
      let expected = ReferenceProjection(frameSize: size, samples: samples)
        .plane(operation, frames: used)
      #expect(agree(found, expected), "\(window.text) frame \(frame)")
    }
  }

  @Test func aSpikeLeavesNoTrace() throws {
    var samples = TestSamples.uniform(seed: 2, count: 4000, from: 0, to: 1)
    samples[1000] = 1e8
    samples[1500] = .infinity
    samples[1600] = .nan
    let store = try TestStack.store(frames: 4000, rows: 1, columns: 1, samples: samples)
    let window = try #require(SlidingWindow(.trail, length: 50))
    var moving = try #require(
      WindowReduction(.mean, over: window, rows: 0..<1, of: store, scratch: BandScratch()))
    for frame in 0..<4000 {
      var found: [Float] = [-1]
      var span = found.mutableSpan
      try moving.write(frame: frame, to: &span)
      let values = samples[max(0, frame - 49)...frame].filter { !$0.isNaN }.map(Double.init)
      let expected = ReferenceProjection.reduce(values, .mean)
      #expect(agree(Double(found[0]), expected, within: 1e-7 * max(1, expected)))
    }
  }

  @Test func refusesOtherProjections() throws {
    let store = try TestStack.store(frames: 1, rows: 1, columns: 1, samples: [1])
    let window = try #require(SlidingWindow(.trail, length: 1))
    let scratch = BandScratch()
    #expect(WindowReduction(.std, over: window, rows: 0..<1, of: store, scratch: scratch) == nil)
  }
}
