import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

@Suite struct FrameBatchTests {
  private static let (frames, rows, columns) = (11, 40, 700)
  private static let frameSize = rows * columns

  // Two damaged frames and several bands of rows.
  private let samples = TestSamples.uniform(
    seed: 5, count: frames * frameSize, from: 1, to: 9000)

  private func store(damaged: Set<Int> = []) throws -> SampleStore {
    try TestStack.store(
      frames: Self.frames, rows: Self.rows, columns: Self.columns, samples: samples,
      damaged: damaged)
  }

  /// Some frames in order, `size` at a time.
  private func read(
    _ source: any SampleSource, _ positions: Range<Int>, threads: Int, size: Int
  ) throws -> [Float] {
    var batch = FrameBatch(source, threads: threads)
    var frame = [Float](repeating: -1, count: Self.frameSize)
    var all: [Float] = []
    for position in positions {
      if !batch.contains(position) {
        try batch.read(position..<min(position + size, positions.upperBound))
      }
      batch.copy(position, into: &frame)
      all += frame
    }
    return all
  }

  @Test(arguments: [1, 3], [1, 4, 64]) func framesComeAsTheyAre(threads: Int, size: Int) throws {
    let read = try read(try store(), 2..<9, threads: threads, size: size)
    #expect(read == Array(samples[2 * Self.frameSize..<9 * Self.frameSize]))
  }

  /// A source read in passes would have to decode what lies across an end once for each band of rows.
  @Test(arguments: [nil, 1, 4, 7, 100])
  func noBatchCrossesTheEndOfAStretch(stretch: Int?) throws {
    let batch = FrameBatch(try store(), threads: 2, stretchFrames: stretch)
    for first in 0..<Self.frames {
      let frames = batch.frames(from: first, to: Self.frames)
      #expect(frames.first == first && frames.count <= batch.capacity)
      if let stretch, let last = frames.last { #expect(last / stretch == first / stretch) }
      let whole = min(batch.capacity, Self.frames - first, stretch.map { $0 - first % $0 } ?? .max)
      #expect(frames.count == whole)
    }
  }

  @Test func aWindowFollowsItsDefinition() throws {
    let window = try #require(SlidingWindow(.slide(lag: 1), length: 4))
    let source = try #require(
      CorrectedSource(try store(damaged: [3]), subtract: .window(window)))
    let positions = window.framesWithWindow(in: Self.frames)
    let read = try read(source, positions, threads: 2, size: 3)
    for (place, frame) in positions.enumerated() {
      let used = window.frames(of: frame, in: Self.frames).filter { $0 != 3 }
      for pixel in stride(from: 0, to: Self.frameSize, by: 97) {
        let sum = used.reduce(0) { $0 + Double(samples[$1 * Self.frameSize + pixel]) }
        let expected =
          frame == 3
          ? .nan : Double(samples[frame * Self.frameSize + pixel]) - sum / Double(used.count)
        let found = Double(read[place * Self.frameSize + pixel])
        #expect(abs(found - expected) < 0.01 || found.isNaN && expected.isNaN, "\(frame) \(pixel)")
      }
    }
  }

  @Test func neitherThreadsNorBatchesChangeABit() throws {
    let window = try #require(SlidingWindow(.center, length: 5))
    let source = try #require(
      CorrectedSource(
        try store(damaged: [6]), subtract: .window(window),
        divide: .plane(Array(samples[..<Self.frameSize])), amounts: (0.7, 0.3)))
    let all = 0..<Self.frames
    let first = try read(source, all, threads: 1, size: 64).map(\.bitPattern)
    for (threads, size) in [(2, 64), (3, 5), (8, 1), (1, 2)] {
      let other = try read(source, all, threads: threads, size: size).map(\.bitPattern)
      #expect(other == first, "\(threads) threads, \(size) frames at a time")
    }
  }

  @Test func aRaisedFlagStopsIt() throws {
    let flag = CancellationFlag()
    flag.cancel()
    var batch = FrameBatch(try store(), threads: 2)
    let error = #expect(throws: BlitzError.self) { try batch.read(0..<4, cancellation: flag) }
    #expect(error?.kind == .cancelled && !batch.contains(0))
  }
}
