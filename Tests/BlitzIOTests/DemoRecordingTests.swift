@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

@Suite struct DemoRecordingTests {
  private func samples(_ index: Int) throws -> [Float] {
    let frame = DecodedFrame()
    #expect(try DemoRecording().decode(index, color: false, into: frame) == .complete)
    return frame.samples()
  }

  /// Sums by `Fixtures/Demo/make_demo.py`; exact on every machine, as the scene avoids inexact functions.
  @Test(arguments: [(0, 124_851_797), (213, 134_326_978), (399, 141_661_310)])
  func framesAreTheSameEverywhere(index: Int, sum: Double) throws {
    #expect(try samples(index).reduce(0.0) { $0 + Double($1) } == sum)
  }

  @Test func theSparkIsAFewFramesLong() throws {
    let brightest = try (210..<218).map { try samples($0).max() ?? 0 }
    #expect(brightest.map { $0 > 40_000 } == [false, false, true, true, true, true, false, false])
  }

  @Test func itIsARecordingLikeAnyOther() throws {
    let recording = try DemoRecording.recording()
    let plan = try LoadPlan.make(
      for: recording, options: LoadOptions(), memory: budget(1 << 30))
    #expect(plan.shape == StackShape(frames: 400, rows: 240, columns: 320))
    #expect(recording.description.sampleType == .u16)
  }
}
