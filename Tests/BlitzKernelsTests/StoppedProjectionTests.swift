import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

/// Projections that are cancelled and kept as far as they are.
struct StoppedProjectionTests {
  private static let stack = ProjectionCase(frames: 700, rows: 4, columns: 5, content: .offset)
  private let moments: Set<Projection> = [.mean, .std, .min, .max, .sum]

  private func whole(_ frames: Int) throws -> FrameRange {
    try #require(FrameRange(start: 0, end: frames))
  }

  /// Stops as soon as a part of the work is done.
  private func stopped(
    _ operations: Set<Projection>, of source: any SampleSource, after part: Double,
    partials: BlockPartials? = nil
  ) throws -> ProjectionImages {
    let flag = CancellationFlag()
    // A part that can be kept is a quarter of a stretch: here one block of frames.
    return try StackProjector(source, partials: partials, threads: 1, stretchFrames: 384)
      .project(
        operations, over: whole(source.shape.frames), cancellation: flag, keepsPart: true
      ) { if $0 >= part { flag.cancel() } }
  }

  @Test(arguments: [(0.1, 96), (0.3, 288), (0.85, 672)])
  func theFramesGoneThroughAreProjected(part: Double, frames: Int) throws {
    let store = try Self.stack.store()
    let images = try stopped(moments, of: store, after: part)
    #expect(images.frameCount == frames)
    #expect(images.shortfall(of: .mean) == ProjectionShortfall(frames: 700 - frames))
    #expect(images.isCut(.mean))
    let direct = try StackProjector(store, threads: 2).project(moments, over: whole(frames))
    for operation in moments {
      #expect(bits(images.plane(operation)) == bits(direct.plane(operation)))
    }
  }

  @Test func correctedFramesToo() throws {
    let store = try Self.stack.store()
    let flat = [Float](repeating: -2, count: store.shape.frameSize)
    let source = try #require(CorrectedSource(store, divide: .plane(flat)))
    let images = try stopped(moments, of: source, after: 0.3)
    let direct = try StackProjector(source, threads: 2).project(moments, over: whole(288))
    #expect(images.frameCount == 288)
    #expect(bits(images.plane(.max)) == bits(direct.plane(.max)))
  }

  @Test func framesThatAreFoldedAlreadyAreKept() throws {
    let store = try Self.stack.store(pending: Set(200..<700))
    let partials = try #require(BlockPartials(of: store))
    try partials.foldReadyBlocks(threads: 1)
    for frame in 200..<700 { TestStack.publish(frame, of: Self.stack.samples, in: store) }
    let flag = CancellationFlag()
    flag.cancel()
    let images = try StackProjector(store, partials: partials, threads: 1)
      .project([.mean], over: whole(700), cancellation: flag, keepsPart: true)
    #expect(images.frameCount == 192)
  }

  @Test func mediansOfTheRowsThatAreDone() throws {
    // So many frames that a band of the median is a row.
    let stack = ProjectionCase(frames: 9, rows: 6, columns: 30_000, content: .noise)
    let store = try stack.store()
    let images = try stopped([.median], of: store, after: 0.3)
    let direct = try StackProjector(store, threads: 2).project([.median], over: whole(9))
    let rows = images.shortfall(of: .median).rows
    #expect(0 < rows && rows < 6 && images.isCut(.median))
    let (have, want) = (try #require(images.plane(.median)), try #require(direct.plane(.median)))
    let done = (6 - rows) * 30_000
    #expect(Array(have[..<done]) == Array(want[..<done]))
    #expect(have[done...].count { $0.isNaN } == rows * 30_000)
  }

  @Test func nothingDoneIsCancelled() throws {
    let store = try Self.stack.store()
    let flag = CancellationFlag()
    flag.cancel()
    for operation in [Projection.mean, .median] {
      let error = #expect(throws: BlitzError.self) {
        try StackProjector(store, threads: 1)
          .project([operation], over: whole(700), cancellation: flag, keepsPart: true)
      }
      #expect(error?.kind == .cancelled)
    }
  }

  @Test func withoutTheWishForAPartThereIsNone() throws {
    let store = try Self.stack.store()
    let flag = CancellationFlag()
    #expect(throws: BlitzError.self) {
      try StackProjector(store, threads: 1, stretchFrames: 96).project(
        [.mean], over: whole(700), cancellation: flag
      ) { if $0 > 0.3 { flag.cancel() } }
    }
  }
}
