import BlitzCore
import BlitzModel
import Testing

@Suite struct LevelKeyTests {
  /// Levels 100..900 of samples from 0 to 1000.
  private func script() throws -> ViewerScript {
    var script = try ViewerScript(isLoading: true)
    script.arrive(levels: LevelWindow(darkest: 100, brightest: 900))
    script.type("|")
    let panes: PaneSet = [.histogram]
    #expect(script.state.wantedPanes == panes)
    script.send(.panes(panes))
    try measure(&script)
    return script
  }

  /// Answers with the range of the samples.
  private func measure(_ script: inout ViewerScript) throws {
    let request = try #require(script.state.pictureRequest)
    script.send(
      .picture(
        PictureFacts(
          request: request, condition: .complete, probe: [],
          extent: LevelWindow(darkest: 0, brightest: 1000), levels: nil)))
  }

  private func levels(_ script: ViewerScript) -> [Double] {
    [script.state.display.levels?.darkest ?? .nan, script.state.display.levels?.brightest ?? .nan]
  }

  @Test func arrowsMoveTheChosenEndAndTabTakesTheOther() throws {
    var script = try script()
    script.press(Key(.right))
    #expect(levels(script) == [100, 910])
    script.press(Key(.left, .shift))
    #expect(levels(script) == [100, 810])
    script.press(Key(.tab), Key(.up))
    #expect(levels(script) == [110, 810])
    script.type("5")
    script.press(Key(.down))
    #expect(levels(script) == [60, 810])
    #expect(script.state.display.trim == nil, "typed levels have no trim")
    #expect(script.state.playback.position == 0)
    script.press(Key(.enter), Key(.right))
    #expect(levels(script) == [60, 810] && script.state.playback.position == 1)
  }

  @Test func oneEndNeverPassesTheOther() throws {
    var script = try script()
    script.type("500")
    script.press(Key(.left))
    #expect(levels(script) == [100, 100])
    script.press(Key(.tab))
    script.type("3")
    script.press(Key(.right))
    #expect(levels(script) == [100, 100])
    script.press(Key(.escape))
    #expect(script.state.focus == .frames && script.state.isHistogramOpen)
  }

  @Test func theMouseTakesTheNearerMarker() throws {
    var script = try script()
    func pointer(_ value: Double?, _ kind: MouseEvent.Kind) {
      let event = MouseEvent(.left, kind, row: 5, column: 70)
      script.send(.pointer(PointerEvent(value.map { .histogram($0) } ?? .elsewhere, event)))
    }
    pointer(203.4, .press)
    #expect(levels(script) == [200, 900] && script.state.holdsLevel)
    pointer(448, .drag)
    #expect(levels(script) == [450, 900])
    pointer(2000, .drag)
    #expect(levels(script) == [900, 900])
    pointer(250, .drag)
    pointer(nil, .release)
    #expect(levels(script) == [250, 900] && !script.state.holdsLevel)
    pointer(700, .drag)
    #expect(levels(script) == [250, 900])
    pointer(700, .press)
    #expect(levels(script) == [250, 700] && script.state.levelEnd == .brightest)
  }

  @Test func aFitOnItsWayDoesNotTakeTypedLevelsBack() throws {
    var script = try ViewerScript()
    script.arrive(levels: LevelWindow(darkest: 0, brightest: 50))
    script.type("a")
    let asked = try #require(script.state.pictureRequest)
    script.send(.action(.setLevels(darkest: 1, brightest: 2)))
    script.send(
      .picture(
        PictureFacts(
          request: asked, condition: .complete, probe: [],
          levels: LevelWindow(darkest: 7, brightest: 8))))
    #expect(levels(script) == [1, 2])
  }

  @Test func marksAndColourBarToggle() throws {
    var script = try ViewerScript()
    script.type("&$")
    #expect(script.state.display.hasMarks && script.state.wantedPanes == .colorBar)
    script.type(":marks")
    script.press(Key(.enter))
    script.type("$")
    #expect(!script.state.display.hasMarks && script.state.wantedPanes == [])
  }

  @Test(arguments: [("-5 nan", "finite"), ("-inf 3", "finite"), ("5 3", "exceed")])
  func levelsThatCannotBeAreExplained(text: String, word: String) throws {
    var script = try ViewerScript()
    script.command("levels \(text)")
    #expect(script.state.notice?.text.contains(word) == true)
  }
}
