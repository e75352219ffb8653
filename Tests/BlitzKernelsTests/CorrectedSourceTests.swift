import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct CorrectedSourceTests {
  private let samples = TestSamples.uniform(seed: 17, count: 12 * 15, from: 1, to: 9)

  private func store() throws -> SampleStore {
    try TestStack.store(frames: 12, rows: 3, columns: 5, samples: samples, damaged: [2])
  }

  private func corrected(_ source: CorrectedSource, frame: Int) throws -> (y: [Float], zeroed: Int)
  {
    var y = [Float](repeating: -1, count: source.shape.frameSize)
    var span = y.mutableSpan
    let zeroed = try source.correct(frame: frame, into: &span, scratch: BandScratch())
    return (y, zeroed)
  }

  @Test func planesForEveryFrame() throws {
    let dark = TestSamples.uniform(seed: 1, count: 15, from: 0, to: 1)
    var flat = TestSamples.uniform(seed: 2, count: 15, from: 1, to: 2)
    flat[4] = 0
    let source = try #require(
      CorrectedSource(
        try store(), subtract: .plane(dark), divide: .plane(flat), amounts: (0.5, 1)))
    for frame in [0, 7, 11] {
      let (y, zeroed) = try corrected(source, frame: frame)
      let expected = (0..<15).map {
        flat[$0] == 0
          ? 0 : (Double(samples[frame * 15 + $0]) - 0.5 * Double(dark[$0])) / Double(flat[$0])
      }
      #expect(agree(y, expected) && zeroed == 1)
    }
  }

  @Test func windowsAndBandsAgreeWithTheDefinition() throws {
    let window = try #require(SlidingWindow(.slide(lag: 1), length: 4))
    let source = try #require(CorrectedSource(try store(), subtract: .window(window)))
    let images = try StackProjector(source, threads: 2)
      .project([.mean, .max], over: try #require(FrameRange(start: 0, end: 12)))
    let frames = window.framesWithWindow(in: 12).filter { $0 != 2 }
    let differences = frames.flatMap { frame in
      (0..<15).map { index in
        let used = window.frames(of: frame, in: 12).filter { $0 != 2 }
        let mean = ReferenceProjection.reduce(
          used.map { Double(samples[$0 * 15 + index]) }, .mean)
        return Float(Double(samples[frame * 15 + index]) - mean)
      }
    }
    let reference = ReferenceProjection(frameSize: 15, samples: differences)
    for operation in [Projection.mean, .max] {
      let expected = reference.plane(operation, frames: Array(frames.indices))
      let plane = try #require(images.plane(operation))
      let isClose = agree(plane, expected, magnitudeOf: samples, operation)
      #expect(isClose, "\(operation)")
    }
    #expect(try corrected(source, frame: 0).y.allSatisfy(\.isNaN))
  }

  @Test func framesOfAnotherSource() throws {
    let other = try TestStack.store(
      frames: 12, rows: 3, columns: 5, samples: samples, pending: [6])
    let source = try #require(CorrectedSource(try store(), divide: .frames(other)))
    #expect(try corrected(source, frame: 3).y.allSatisfy { $0 == 1 })
    #expect(try corrected(source, frame: 6).y.allSatisfy(\.isNaN))
  }

  @Test func refusesOtherExtents() throws {
    #expect(CorrectedSource(try store(), subtract: .plane([1, 2])) == nil)
    let other = try TestStack.store(frames: 1, rows: 3, columns: 5, samples: Array(samples[..<15]))
    #expect(CorrectedSource(try store(), divide: .frames(other)) == nil)
  }
}
