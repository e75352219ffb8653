import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

/// Projections of corrected frames, from those of the raw ones.
struct CorrectedMomentsTests {
  /// What is done to the frames.
  enum Terms: CaseIterable, Sendable {
    case subtract, divide, both, parts, negative, zeros, gaps, mask
  }

  private static let stack = ProjectionCase(frames: 199, rows: 7, columns: 5, content: .offset)
  private let every: Set<Projection> = [.mean, .std, .min, .max, .sum, .median]

  private func source(
    _ terms: Terms, of store: SampleStore
  ) throws -> (source: CorrectedSource, s: [Float], d: [Float], a: Float, b: Float) {
    let count = store.shape.frameSize
    var s = TestSamples.uniform(seed: 3, count: count, from: 9_000, to: 10_000)
    var d = TestSamples.uniform(seed: 4, count: count, from: 0.5, to: 2)
    var (a, b): (Float, Float) = (1, 1)
    switch terms {
    case .subtract: b = 0
    case .divide: a = 0
    case .both: break
    case .parts: (a, b) = (0.7, 0.25)
    case .negative: for i in stride(from: 0, to: count, by: 2) { d[i] = -d[i] }
    case .zeros: for i in stride(from: 1, to: count, by: 3) { d[i] = 0 }
    case .gaps: (s[2], d[3], s[count - 1]) = (.nan, .nan, .nan)
    case .mask: (a, b) = (0, 0)
    }
    let region = try RegionOfInterest(parsing: "rect:1,2,3,4")
    let mask = terms == .mask ? MaskPlane(keeping: region, in: store.shape) : nil
    let source = try #require(
      CorrectedSource(
        store, subtract: .plane(s), divide: .plane(d),
        amounts: (Double(a), Double(b)), mask: mask))
    if terms == .mask {
      for i in 0..<count where !(1..<4 ~= i % 5 && 2..<6 ~= i / 5) { s[i] = .nan }
      a = 1
      for i in 0..<count where !s[i].isNaN { s[i] = 0 }
    }
    return (source, s, d, a, b)
  }

  /// Every frame corrected by the definition, in Double.
  private func corrected(
    _ samples: [Float], _ s: [Float], _ d: [Float], _ a: Float, _ b: Float
  ) -> [Double] {
    samples.enumerated().map { i, x in
      let place = i % s.count
      let numerator = a == 0 ? Double(x) : Double(x) - Double(a) * Double(s[place])
      let denominator = b == 0 ? 1 : Double(b) * Double(d[place]) + 1 - Double(b)
      return denominator == 0 && !numerator.isNaN ? 0 : numerator / denominator
    }
  }

  @Test(arguments: Terms.allCases, [ProjectionCase.Content.offset, .numbersMissing])
  func agreeWithPlainLoops(terms: Terms, content: ProjectionCase.Content) throws {
    var stack = Self.stack
    stack.content = content
    let damaged: Set<Int> = [7, 100]
    let (samples, store) = (stack.samples, try stack.store(damaged: damaged))
    let (source, s, d, a, b) = try source(terms, of: store)
    let whole = try #require(FrameRange(start: 0, end: stack.frames))
    let images = try StackProjector(source, threads: 2).project(every, over: whole)
    let values = corrected(samples, s, d, a, b)
    // Whatever is subtracted takes part in what a sample of the difference is rounded by.
    let operands = (samples + (a == 0 ? [] : s)).filter { !$0.isNaN }.map { Double(abs($0)) }
    let scale = operands.reduce(0, max)
    let used = (0..<stack.frames).filter { !damaged.contains($0) }
    for operation in every {
      let plane = try #require(images.plane(operation))
      for i in plane.indices {
        let own = used.map { values[$0 * stack.frameSize + i] }.filter { !$0.isNaN }
        let expected = ReferenceProjection.reduce(own, operation)
        // Dividing by 0.5 or more enlarges what rounding leaves no more than twofold.
        let times = operation == .sum ? Double(used.count) : 1
        let isClose = agree(plane[i], expected, within: 2e-6 * scale * times)
        #expect(isClose, "\(operation) at \(i): \(plane[i]), not \(expected)")
      }
    }
  }

  /// Against the pass over corrected frames that they stand for; extremes to the bit.
  @Test(arguments: Terms.allCases) func areThoseOfAPassOverCorrectedFrames(terms: Terms) throws {
    let store = try Self.stack.store()
    let source = try source(terms, of: store).source
    let whole = try #require(FrameRange(start: 0, end: Self.stack.frames))
    let short = try StackProjector(source, threads: 1).project(every, over: whole)
    let long = try StackProjector(Plain(source: source), threads: 1).project(every, over: whole)
    for operation in every {
      let (have, want) = (try #require(short.plane(operation)), try #require(long.plane(operation)))
      if operation == .min || operation == .max {
        #expect(zip(have, want).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
      }
      let isClose = agree(have, want, magnitudeOf: Self.stack.samples, operation)
      #expect(isClose, "\(operation)")
    }
  }

  @Test func extremesAskedForAloneChangePlacesToo() throws {
    let store = try Self.stack.store()
    let source = try source(.negative, of: store).source
    let whole = try #require(FrameRange(start: 0, end: Self.stack.frames))
    let projector = StackProjector(source, threads: 1)
    let both = try projector.project([.min, .max], over: whole)
    for operation in [Projection.min, .max] {
      let alone = try projector.project([operation], over: whole)
      #expect(bits(alone.plane(operation)) == bits(both.plane(operation)))
    }
  }

  @Test func infinitiesTakeAPass() throws {
    var stack = Self.stack
    stack.content = .infinities
    let store = try stack.store()
    var s = [Float](repeating: 1, count: stack.frameSize)
    let whole = try #require(FrameRange(start: 0, end: stack.frames))
    let raw = try StackProjector(store, threads: 1).project(every, over: whole)
    let finite = try #require(CorrectedSource(store, subtract: .plane(s)))
    #expect(raw.corrected(by: finite) == nil)
    s[0] = .infinity
    let source = try #require(CorrectedSource(store, subtract: .plane(s)))
    // In frame 0 the difference of infinities is no number; in all others it is minus infinity.
    let mean = try #require(
      try StackProjector(source, threads: 1).project([.mean], over: whole).plane(.mean))
    let rawMean = try #require(raw.plane(.mean))
    #expect(mean[0] == -.infinity && agree(mean[2], rawMean[2] - 1, within: 1e-6))
  }

  @Test func windowsAreNotTheSameForEveryFrame() throws {
    let store = try Self.stack.store()
    let window = try #require(SlidingWindow(.slide(lag: 0), length: 4))
    let source = try #require(CorrectedSource(store, subtract: .window(window)))
    let whole = try #require(FrameRange(start: 0, end: Self.stack.frames))
    let raw = try StackProjector(store, threads: 1).project([.mean], over: whole)
    #expect(raw.corrected(by: source) == nil)
  }

  @Test func partialsOfRawFramesServeCorrectedOnes() throws {
    let store = try Self.stack.store()
    let source = try source(.both, of: store).source
    let partials = try #require(BlockPartials(of: store))
    try partials.foldReadyBlocks(threads: 1)
    let whole = try #require(FrameRange(start: 0, end: Self.stack.frames))
    let quick = try StackProjector(source, partials: partials, threads: 2)
      .project(every, over: whole)
    let direct = try StackProjector(source, threads: 1).project(every, over: whole)
    for operation in every {
      #expect(bits(quick.plane(operation)) == bits(direct.plane(operation)))
    }
  }
}

/// A source that hides what it is, so that its frames are read one by one.
private struct Plain: SampleSource {
  let source: CorrectedSource

  var shape: StackShape { source.shape }
  var isKnownFinite: Bool { source.isKnownFinite }
  func condition(of frame: Int) -> FrameCondition { source.condition(of: frame) }

  func withBand<R>(
    rows: Range<Int>, frames: Range<Int>, scratch: BandScratch,
    _ body: (_ samples: Span<Float>, _ stride: Int) throws(BlitzError) -> R
  ) throws(BlitzError) -> R {
    try source.withBand(rows: rows, frames: frames, scratch: scratch, body)
  }
}
