import BlitzCore
import BlitzModel
import Testing

@Suite struct ProfileKeyTests {
  /// A script with profiles, and what a key makes of the state, pressed `count` times.
  private func press<Value>(
    _ key: String, _ count: Int, _ value: KeyPath<ViewerState, Value>
  ) throws -> (script: ViewerScript, seen: [Value]) {
    var script = try ViewerScript()
    script.type("c")
    let seen = (0..<count).map { _ in
      script.type(key)
      return script.state[keyPath: value]
    }
    return (script, seen)
  }

  @Test func widthsGoRoundAndCanBeTyped() throws {
    var (script, widths) = try press(";", 7, \.profileWidth)
    #expect(widths == [3, 5, 9, 15, 31, 1, 3])
    script.type("7;")
    #expect(script.state.profileWidth == 7)
    script.type(";")
    #expect(script.state.profileWidth == 9)
    for (line, width) in [("width 12", 12), ("width 0", 12), ("width 99999999999", 1 << 20)] {
      script.command(line)
      #expect(script.state.profileWidth == width)
    }
  }

  @Test func nothingIsAskedForWhileThePaneIsFolded() throws {
    var script = try ViewerScript(isLoading: true)
    script.type("c9;^^")
    #expect(script.state.envelope == .stack)
    let folded = try #require(script.state.pictureRequest)
    #expect(folded.profiles == nil && folded.envelope == .off && folded.arrived == 0)
    script.send(.panes(.profiles))
    var progress = LoadProgress(total: 100)
    progress.arrived = 60
    script.send(.loading(progress))
    let shown = try #require(script.state.pictureRequest)
    #expect(shown.profiles != nil && shown.profileWidth == 9)
    #expect(shown.envelope == .stack && shown.arrived == 60)
    script.command("envelope image")
    #expect(script.state.pictureRequest?.arrived == 0, "a frame alone knows no others")
  }

  @Test func envelopesGoRoundAndCanBeNamed() throws {
    var (script, seen) = try press("^", 6, \.envelope)
    #expect(seen == [.image, .stack, .p1, .p5, .p25, .off])
    script.command("envelope p5")
    script.send(.panes(.profiles))
    #expect(script.state.pictureRequest?.envelope.trim == 5)
  }

  @Test func theStacksExtremesAreWaitedForOnlyWhenWanted() throws {
    var script = try ViewerScript()
    let all = try #require(FrameRange(start: 0, end: 100))
    let part = try #require(FrameRange(start: 0, end: 50))
    script.type("c")
    script.send(.panes(.profiles))
    #expect(!script.state.awaits(.projection(.min, all)))
    script.command("envelope stack")
    #expect(script.state.awaits(.projection(.min, all)))
    #expect(!script.state.awaits(.projection(.min, part)))
    #expect(script.state.awaits(.frame(0)), "what is shown")
  }

  @Test func withoutACrosshairTheKeySaysHowToGetOne() throws {
    var script = try ViewerScript()
    script.type("^")
    #expect(script.state.notice?.text.hasPrefix("c shows") == true)
  }
}
