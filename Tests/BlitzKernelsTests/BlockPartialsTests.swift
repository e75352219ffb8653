import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct BlockPartialsTests {
  private let operations: Set<Projection> = [.mean, .std, .min, .max, .sum]

  private func expectSame(
    _ store: SampleStore, _ partials: BlockPartials, _ range: FrameRange,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let direct = try StackProjector(store, threads: 2).project(operations, over: range)
    let quick = try StackProjector(store, partials: partials, threads: 3)
      .project(operations, over: range)
    #expect(quick.frameCount == direct.frameCount, sourceLocation: sourceLocation)
    for operation in operations {
      #expect(
        bits(quick.plane(operation)) == bits(direct.plane(operation)), "\(operation) \(range.text)",
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [ProjectionCase.Content.offset, .numbersMissing, .infinities, .integers])
  func anyRangeIsBitIdentical(content: ProjectionCase.Content) throws {
    let stack = ProjectionCase(frames: 700, rows: 1, columns: 5, content: content)
    let store = try stack.store(damaged: [3, 100, 699])
    let partials = try #require(BlockPartials(of: store))
    try partials.foldReadyBlocks(threads: 2)
    var random = SeededRandom(seed: 5)
    for _ in 0..<12 {
      let start = Int.random(in: 0..<700, using: &random)
      let end = Int.random(in: start + 1...700, using: &random)
      try expectSame(store, partials, try #require(FrameRange(start: start, end: end)))
    }
    for (start, end, step) in [(0, 700, 1), (0, 699, 1), (0, 96, 1), (96, 672, 1), (0, 700, 3)] {
      try expectSame(store, partials, try #require(FrameRange(start: start, end: end, step: step)))
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func orderOfArrivalChangesNothing(seed: UInt64) throws {
    let stack = ProjectionCase(frames: 490, rows: 1, columns: 3, content: .numbersMissing)
    let samples = stack.samples
    let store = try stack.store(pending: Set(0..<490))
    let partials = try #require(BlockPartials(of: store))
    let whole = try #require(FrameRange(start: 0, end: 490))
    var random = SeededRandom(seed: seed)
    for (count, frame) in (0..<490).shuffled(using: &random).enumerated() {
      TestStack.publish(frame, of: samples, in: store)
      if count.isMultiple(of: 90) || count > 484 {
        try partials.foldReadyBlocks(threads: 2)
        try expectSame(store, partials, whole)
      }
    }
    #expect(partials.isComplete)
  }

  @Test(arguments: [96, 180, 200, 384, 1000, 1003])
  func staysWithinASixteenthOfTheStack(frames: Int) throws {
    let stack = ProjectionCase(frames: frames, rows: 2, columns: 2, content: .integers)
    let store = try stack.store()
    let partials = try #require(BlockPartials(of: store))
    try partials.foldReadyBlocks(threads: 1)
    #expect(partials.isComplete)
    #expect(partials.byteCount <= stack.samples.count * 4 / 16)
    try expectSame(store, partials, try #require(FrameRange(start: 1, end: frames - 1)))
    #expect(try partials.foldReadyBlocks(threads: 1) == 0)
  }

  @Test func refusesWhatDoesNotFit() throws {
    let store = try ProjectionCase(frames: 60, rows: 4, columns: 6).store()
    #expect(BlockPartials(of: store) == nil)
    #expect(BlockPartials(of: store, byteLimit: 24 * 24) != nil)
  }

  @Test func stackOfDamagedFramesOnly() throws {
    let stack = ProjectionCase(frames: 200, rows: 1, columns: 3)
    let store = try stack.store(damaged: Set(0..<200))
    let partials = try #require(BlockPartials(of: store))
    try partials.foldReadyBlocks(threads: 1)
    #expect(partials.isComplete)
    try expectSame(store, partials, try #require(FrameRange(start: 0, end: 200)))
  }
}
