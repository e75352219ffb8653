import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct StackPercentilesTests {
  private let percents = [0, 0.5, 1, 25, 50, 99, 100]

  private func store(
    _ samples: [Float], frames: Int, channels: Int = 1, damaged: Set<Int> = []
  ) throws -> SampleStore {
    try TestStack.store(
      frames: frames, rows: 3, columns: samples.count / frames / 3 / channels, channels: channels,
      samples: samples, damaged: damaged)
  }

  /// The definition: sort what is finite, then interpolate.
  private func expected(_ samples: [Float]) -> [Double] {
    let sorted = samples.filter(\.isFinite).sorted().map(Double.init)
    return percents.map { percent in
      let position = percent / 100 * Double(sorted.count - 1)
      let (low, high) = (sorted[Int(position)], sorted[Int(position.rounded(.up))])
      return low + (high - low) * (position - position.rounded(.down))
    }
  }

  @Test(arguments: [1, 2, 3, 8, 256], [1, 7, 40])
  func theyAreThoseOfAllSamplesSorted(threads: Int, frames: Int) throws {
    var samples = TestSamples.uniform(seed: 31, count: frames * 15, from: -40, to: 4000)
    samples[3] = .nan
    samples[7] = .infinity
    let stack = try store(samples, frames: frames)
    let values = try StackPercentiles(stack, frames: 0..<frames, threads: threads)
      .values(at: percents)
    for (value, wanted) in zip(values, expected(samples)) {
      #expect(agree(value, wanted, within: 1e-9))
    }
  }

  @Test func damagedFramesAndThoseOutsideTakeNoPart() throws {
    let samples = TestSamples.uniform(seed: 32, count: 10 * 12, from: 0, to: 100)
    let stack = try store(samples, frames: 10, damaged: [4])
    let used = Array(samples[24..<48]) + samples[60..<96]
    let values = try StackPercentiles(stack, frames: 2..<8, threads: 2).values(at: percents)
    for (value, wanted) in zip(values, expected(used)) {
      #expect(agree(value, wanted, within: 1e-9))
    }
    let none = try StackPercentiles(stack, frames: 4..<5, threads: 2).values(at: [50])
    #expect(none[0].isNaN)
  }

  @Test func colourIsTakenByItsLuma() throws {
    let samples: [Float] = (0..<2 * 3 * 2 * 3).map { Float($0 % 5 * 50) }
    let stack = try store(samples, frames: 2, channels: 3)
    var gray: [Float] = []
    for pixel in stride(from: 0, to: samples.count, by: 3) {
      let (red, green) = (0.299 * samples[pixel], 0.587 * samples[pixel + 1])
      gray.append(red + green + 0.114 * samples[pixel + 2])
    }
    let values = try StackPercentiles(stack, frames: 0..<2, threads: 3).values(at: percents)
    for (value, wanted) in zip(values, expected(gray)) {
      #expect(agree(value, wanted, within: 1e-4))
    }
  }

  @Test func itCanBeCancelled() throws {
    let stack = try store(TestSamples.uniform(seed: 1, count: 120, from: 0, to: 1), frames: 10)
    let flag = CancellationFlag()
    flag.cancel()
    #expect(throws: BlitzError.self) {
      try StackPercentiles(stack, frames: 0..<10, threads: 2).values(at: [50], cancellation: flag)
    }
  }
}
