import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

/// A stack to reduce: its extents and what its samples are like.
struct ProjectionCase: CustomTestStringConvertible, Sendable {
  enum Content: Sendable {
    case noise, offset, integers, constant, numbersMissing, infinities, sparse
  }

  let frames, rows, columns: Int
  var channels = 1
  var content = Content.noise

  var testDescription: String { "\(content) \(frames)x\(rows)x\(columns)x\(channels)" }
  var frameSize: Int { rows * columns * channels }

  var samples: [Float] {
    let count = frames * frameSize
    var samples =
      switch content {
      case .noise, .numbersMissing, .infinities:
        TestSamples.uniform(seed: 11, count: count, from: -1, to: 1)
      case .offset: TestSamples.uniform(seed: 12, count: count, from: 9_995, to: 10_005)
      case .integers:
        TestSamples.uniform(seed: 13, count: count, from: 0, to: 65_535).map { $0.rounded() }
      case .constant: [Float](repeating: 0.1, count: count)
      case .sparse: [Float](repeating: 1, count: count)
      }
    switch content {
    case .numbersMissing:
      for i in samples.indices where i % 7 == 0 || i % frameSize == 1 { samples[i] = .nan }
    case .infinities:
      samples[0] = .infinity
      samples[count / 2] = .nan
      samples[count - 1] = -.infinity
    case .sparse: samples[0] = 1e8
    default: break
    }
    return samples
  }

  static let all = [
    ProjectionCase(frames: 1, rows: 1, columns: 1),
    ProjectionCase(frames: 2, rows: 1, columns: 5, content: .offset),
    ProjectionCase(frames: 3, rows: 7, columns: 1, content: .integers),
    ProjectionCase(frames: 95, rows: 3, columns: 5, content: .numbersMissing),
    ProjectionCase(frames: 96, rows: 5, columns: 3, content: .offset),
    ProjectionCase(frames: 97, rows: 3, columns: 3, channels: 3, content: .integers),
    ProjectionCase(frames: 301, rows: 5, columns: 7, content: .offset),
    ProjectionCase(frames: 199, rows: 7, columns: 5, content: .numbersMissing),
    ProjectionCase(frames: 200, rows: 2, columns: 3, content: .infinities),
    ProjectionCase(frames: 500, rows: 1, columns: 2, content: .constant),
    ProjectionCase(frames: 250, rows: 2, columns: 2, content: .sparse),
    ProjectionCase(frames: 3, rows: 3, columns: 4099, content: .noise),
  ]

  func store(damaged: Set<Int> = [], pending: Set<Int> = []) throws -> SampleStore {
    try TestStack.store(
      frames: frames, rows: rows, columns: columns, channels: channels, samples: samples,
      damaged: damaged, pending: pending)
  }

  var reference: ReferenceProjection {
    ReferenceProjection(frameSize: frameSize, samples: samples)
  }
}

struct StackProjectorTests {
  private let moments: Set<Projection> = [.mean, .std, .min, .max, .sum]

  @Test(arguments: ProjectionCase.all)
  func matchesTheDefinition(stack: ProjectionCase) throws {
    let whole = try #require(FrameRange(start: 0, end: stack.frames))
    let (samples, reference) = (stack.samples, stack.reference)
    let images = try StackProjector(stack.store(), threads: 2).project(moments, over: whole)
    for operation in moments {
      let plane = try #require(images.plane(operation))
      let expected = reference.plane(operation, frames: Array(0..<stack.frames))
      let isClose = agree(plane, expected, magnitudeOf: samples, operation)
      #expect(isClose, "\(operation)")
    }
  }

  @Test(
    arguments: ProjectionCase.all, [Set([Projection.mean]), [.min], [.max], [.std], [.min, .max]])
  func everySubsetIsTheSame(stack: ProjectionCase, subset: Set<Projection>) throws {
    let whole = try #require(FrameRange(start: 0, end: stack.frames))
    let projector = StackProjector(try stack.store(), threads: 1)
    let (some, all) = (
      try projector.project(subset, over: whole), try projector.project(moments, over: whole)
    )
    for operation in subset {
      #expect(bits(some.plane(operation)) == bits(all.plane(operation)))
    }
    #expect(some.plane(.sum) == nil)
  }

  @Test(arguments: ProjectionCase.all)
  func threadsChangeNothing(stack: ProjectionCase) throws {
    let store = try stack.store()
    let whole = try #require(FrameRange(start: 0, end: stack.frames))
    let alone = try StackProjector(store, threads: 1).project(moments, over: whole)
    for threads in [2, 3, 8] {
      let shared = try StackProjector(store, threads: threads).project(moments, over: whole)
      for operation in moments {
        #expect(bits(shared.plane(operation)) == bits(alone.plane(operation)))
      }
    }
  }

  @Test(arguments: ProjectionCase.all, [1, 5, 8, 92, 100])
  func stretchesChangeNothing(stack: ProjectionCase, stretchFrames: Int) throws {
    let store = try stack.store(damaged: stack.frames > 90 ? [3, 50] : [])
    let whole = try #require(FrameRange(start: 0, end: stack.frames))
    let atOnce = try StackProjector(store, threads: 2).project(moments, over: whole)
    let inParts = try StackProjector(store, threads: 2, stretchFrames: stretchFrames)
      .project(moments, over: whole)
    for operation in moments {
      #expect(bits(inParts.plane(operation)) == bits(atOnce.plane(operation)), "\(operation)")
    }
  }

  @Test(arguments: [(0, 301, 2), (5, 300, 7), (40, 41, 1), (95, 97, 1), (96, 192, 1), (7, 290, 97)])
  func rangesWithSteps(start: Int, end: Int, step: Int) throws {
    let stack = ProjectionCase(frames: 301, rows: 5, columns: 7, content: .offset)
    let range = try #require(FrameRange(start: start, end: end, step: step))
    let samples = stack.samples
    let images = try StackProjector(stack.store(), threads: 2).project(moments, over: range)
    #expect(images.frameCount == range.count)
    for operation in moments {
      let expected = stack.reference.plane(operation, frames: (0..<range.count).map { range[$0] })
      let plane = try #require(images.plane(operation))
      let isClose = agree(plane, expected, magnitudeOf: samples, operation)
      #expect(isClose, "\(operation)")
    }
  }

  @Test func missingFramesAreLeftOutAndCounted() throws {
    let stack = ProjectionCase(frames: 120, rows: 3, columns: 4, content: .offset)
    let samples = stack.samples
    let (damaged, pending): (Set<Int>, Set<Int>) = ([0, 17, 96], [5, 6, 119])
    let store = try stack.store(damaged: damaged, pending: pending)
    let whole = try #require(FrameRange(start: 0, end: 120))
    let images = try StackProjector(store, threads: 2).project(moments, over: whole)
    #expect((images.frameCount, images.damagedCount, images.pendingCount) == (114, 3, 3))
    #expect(images.shortfall(of: .mean) == ProjectionShortfall(frames: 3) && !images.isCut(.mean))
    let used = (0..<120).filter { !damaged.contains($0) && !pending.contains($0) }
    for operation in moments {
      let plane = try #require(images.plane(operation))
      let expected = stack.reference.plane(operation, frames: used)
      let isClose = agree(plane, expected, magnitudeOf: samples, operation)
      #expect(isClose, "\(operation)")
    }
  }

  @Test func nothingLoadedIsNaN() throws {
    let stack = ProjectionCase(frames: 2, rows: 1, columns: 3)
    let store = try stack.store(damaged: [0], pending: [1])
    let whole = try #require(FrameRange(start: 0, end: 2))
    let images = try StackProjector(store, threads: 1).project(moments, over: whole)
    let plane = try #require(images.floatPlane(.sum))
    #expect(plane.count == 3 && plane.allSatisfy(\.isNaN))
  }

  @Test func sampleDeviationDividesByOneLess() throws {
    let store = try TestStack.store(frames: 4, rows: 1, columns: 1, samples: [1, 2, 3, 10])
    let whole = try #require(FrameRange(start: 0, end: 4))
    let projector = StackProjector(store, threads: 1)
    let population = try #require(try projector.project([.std], over: whole).plane(.std))
    let sample = try #require(
      try projector.project([.std], over: whole, freedom: .sample).plane(.std))
    #expect(agree(population[0], 3.5355339059327378, within: 1e-7))
    #expect(agree(sample[0], 4.08248290463863, within: 1e-7))
    let one = try #require(FrameRange(start: 3, end: 4))
    #expect(try projector.project([.std], over: one, freedom: .sample).plane(.std) == [0])
  }

  @Test func matchesNumPy() throws {
    let samples = TestSamples.uniform(seed: 31, count: 210 * 15, from: 9_990, to: 10_010)
    let store = try TestStack.store(frames: 210, rows: 3, columns: 5, samples: samples)
    let whole = try #require(FrameRange(start: 0, end: 210))
    let images = try StackProjector(store, threads: 2).project(moments, over: whole)
    for (operation, golden) in [
      (Projection.mean, Goldens.meanOverFrames), (.std, Goldens.stdOverFrames),
      (.min, Goldens.minOverFrames), (.max, Goldens.maxOverFrames),
    ] {
      let plane = try #require(images.plane(operation))
      #expect(zip(plane, golden).allSatisfy { agree($0, $1, within: 1e-6) })
    }
  }

  @Test func cancelsAndReportsProgress() throws {
    let stack = ProjectionCase(frames: 3, rows: 3, columns: 4099)
    let whole = try #require(FrameRange(start: 0, end: 3))
    let projector = StackProjector(try stack.store(), threads: 2)
    let fractions = Fractions()
    _ = try projector.project([.mean], over: whole) { fractions.note($0) }
    #expect(fractions.sorted == [1.0 / 3, 2.0 / 3, 1])
    let flag = CancellationFlag()
    flag.cancel()
    #expect(throws: BlitzError.self) {
      try projector.project([.mean], over: whole, cancellation: flag)
    }
  }
}
