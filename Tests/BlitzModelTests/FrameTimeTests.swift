import BlitzCore
import BlitzModel
import Testing

/// When the shown frame was taken: by its stamp where it has one, else by number and rate.
@Suite struct FrameTimeTests {
  private func copied(_ script: inout ViewerScript) -> String? {
    script.type("y")
    return script.state.notice?.text
  }

  @Test func aRateIsExactWithoutStamps() throws {
    var script = try ViewerScript(framesPerSecond: FrameRate(50))
    script.type("7.")
    #expect(script.state.time?.seconds == 0.14 && script.state.time?.isExact == true)
    script.send(.times([]))
    #expect(copied(&script) == "copied: frame 7, 140 ms")
    #expect(try ViewerScript().state.time == nil)
  }

  @Test func stampsComeBeforeTheRate() throws {
    var script = try ViewerScript(frames: 5, framesPerSecond: FrameRate(50), isStamped: true)
    script.type("3.")
    #expect(script.state.time?.seconds == 0.06 && script.state.time?.isExact == false)
    #expect(copied(&script) == "copied: frame 3, ~60 ms")
    script.arrive(seconds: 1.25)
    #expect(script.state.time?.seconds == 1.25 && script.state.time?.isExact == true)
    #expect(copied(&script) == "copied: frame 3, 1.25 s")
    script.type(".")
    #expect(script.state.time?.isExact == false, "the stamp of another frame")
    script.send(.times([0, 0.1, 0.2, 0.7, 0.9]))
    #expect(copied(&script) == "copied: frame 4, 900 ms")
  }
}
