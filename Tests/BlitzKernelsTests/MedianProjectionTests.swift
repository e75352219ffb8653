import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct MedianProjectionTests {
  private func medians(
    _ store: SampleStore, _ range: FrameRange? = nil, threads: Int = 2
  ) throws -> [Double] {
    let whole = try #require(range ?? FrameRange(start: 0, end: store.shape.frames))
    let images = try StackProjector(store, threads: threads).project([.median], over: whole)
    return try #require(images.plane(.median))
  }

  @Test(arguments: ProjectionCase.all)
  func matchesSorting(stack: ProjectionCase) throws {
    let expected = stack.reference.plane(.median, frames: Array(0..<stack.frames))
    let found = try medians(stack.store())
    #expect(zip(found, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
    #expect(bits(found) == bits(try medians(stack.store(), threads: 1)))
  }

  @Test func matchesNumPy() throws {
    let samples = TestSamples.uniform(seed: 31, count: 210 * 15, from: 9_990, to: 10_010)
    let store = try TestStack.store(frames: 210, rows: 3, columns: 5, samples: samples)
    #expect(try medians(store) == Goldens.medianOverFrames)
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func fewDistinctAndExtremeValues(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pool: [Float] = [
      0, -0.0, 1, -1, 2, 255, 65_535, 4_194_304, -4_194_305, .leastNonzeroMagnitude,
      -.leastNormalMagnitude,
      .greatestFiniteMagnitude,
      -.greatestFiniteMagnitude, .infinity, -.infinity, .nan, 0.5,
    ]
    let kinds = Int.random(in: 1...pool.count, using: &random)
    let chosen = pool.shuffled(using: &random).prefix(kinds)
    let frames = Int.random(in: 1...21, using: &random)
    let samples = (0..<frames * 11).map { _ in chosen.randomElement(using: &random) ?? 0 }
    let store = try TestStack.store(frames: frames, rows: 1, columns: 11, samples: samples)
    let expected = ReferenceProjection(frameSize: 11, samples: samples)
      .plane(.median, frames: Array(0..<frames))
    let found = try medians(store)
    #expect(zip(found, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
  }

  @Test(
    "whole numbers of any span, on both sides of what 16 bits hold",
    arguments: [0, 1, 255, 256, 65_535, 65_536], [7, 8])
  func wholeNumbers(span: Int, frames: Int) throws {
    for low in [0, -40_000, 3_000_000] as [Float] {
      var samples = TestSamples.uniform(
        seed: UInt64(span + frames), count: frames * 13, from: 0, to: Double(span)
      ).map { low + $0.rounded() }
      (samples[0], samples[13]) = (low, low + Float(span))
      let store = try TestStack.store(frames: frames, rows: 1, columns: 13, samples: samples)
      let expected = ReferenceProjection(frameSize: 13, samples: samples)
        .plane(.median, frames: Array(0..<frames))
      #expect(try medians(store) == expected)
    }
  }

  @Test func moreFramesThanSixteenBitsCount() throws {
    let frames = 70_001
    let samples = (0..<frames * 2).map { (i: Int) -> Float in
      i / 2 % 3 == 0 ? 5 : i.isMultiple(of: 2) ? 9 : 10
    }
    let store = try TestStack.store(frames: frames, rows: 1, columns: 2, samples: samples)
    #expect(try medians(store) == [9, 10])
  }

  @Test func leavesOutWhatIsNotThere() throws {
    let store = try TestStack.store(
      frames: 5, rows: 1, columns: 1, samples: [9, 1, 2, 3, 100], damaged: [0], pending: [4])
    #expect(try medians(store) == [2])
    #expect(try medians(store, FrameRange(start: 0, end: 5, step: 3)) == [3])
    #expect(try medians(store, FrameRange(start: 0, end: 1))[0].isNaN)
  }

  @Test func chunksOfALongStackJoin() throws {
    let frames = 4000
    let samples = TestSamples.uniform(seed: 8, count: frames * 70, from: 0, to: 255)
      .map { $0.rounded() }
    let store = try TestStack.store(frames: frames, rows: 2, columns: 35, samples: samples)
    let expected = ReferenceProjection(frameSize: 70, samples: samples)
      .plane(.median, frames: Array(0..<frames))
    #expect(try medians(store) == expected)
  }
}
