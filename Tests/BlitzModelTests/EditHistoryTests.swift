import BlitzCore
import BlitzModel
import Testing

@Suite struct EditHistoryTests {
  @Test func everyKindOfEditComesBackInOrder() throws {
    var script = try ViewerScript()
    let scale = script.state.viewport
    script.type("r")
    script.press(Key(.enter))
    script.type("10gi20goma++5-U")
    #expect(script.state.range == nil)
    script.type("u")
    #expect(script.state.range == FrameRange(start: 10, end: 21))
    #expect(script.state.viewport != scale)
    script.type("u")
    // Zooming in one go is one edit.
    #expect(script.state.viewport == scale && script.state.marks.count == 1)
    script.type("u")
    #expect(script.state.marks.isEmpty)
    script.type("u")
    #expect(script.state.range == FrameRange(start: 10, end: 100))
    script.type("u")
    #expect(script.state.range == nil && script.state.regions.entries.count == 1)
    script.type("u")
    #expect(script.state.regions.entries.isEmpty)
    script.type("u")
    #expect(script.state.notice?.text == "nothing to undo")
    for _ in 0..<6 { script.press(.control("r")) }
    #expect(script.state.regions.entries.count == 1 && script.state.marks.count == 1)
    #expect(script.state.range == nil && script.state.viewport != scale)
    script.press(.control("r"))
    #expect(script.state.notice?.text == "nothing to do again")
  }

  @Test func whatChangesNothingIsNoEdit() throws {
    var script = try ViewerScript()
    script.type("UU")
    script.press(Key(.tab))
    script.type("u")
    #expect(script.state.notice?.text == "nothing to undo")
  }

  @Test func aDragIsOneEdit() throws {
    var script = try ViewerScript()
    script.type("20gi39go")
    script.drag(.rangeStart, 20, 20, 15, 12, 10)
    script.type("u")
    #expect(script.state.range == FrameRange(start: 20, end: 40))
    script.press(.control("r"))
    #expect(script.state.range == FrameRange(start: 10, end: 40))
  }

  @Test func aNewEditForgetsWhatWasUndone() throws {
    var script = try ViewerScript()
    script.type("10giu20gi")
    script.press(.control("r"))
    #expect(script.state.notice?.text == "nothing to do again")
    #expect(script.state.range == FrameRange(start: 20, end: 100))
  }

  @Test func undoingWhileTheMouseHoldsLetsGo() throws {
    var script = try ViewerScript()
    script.type("10gi")
    script.mouse(.press, .timeline(10, .rangeStart))
    script.mouse(.drag, .timeline(30, .rangeStart))
    script.type("u")
    script.mouse(.drag, .timeline(40, .rangeStart))
    #expect(script.state.range == FrameRange(start: 10, end: 100))
  }

  @Test func namesAreNotTakenTwice() throws {
    var script = try ViewerScript()
    script.command("roi B=rect:1,1,5,5")
    script.command("roi A=rect:1,1,5,5")
    script.type("r")
    #expect(script.state.visibleRegions.map(\.region.name) == ["B", "A", "C"])
    script.type("t")
    #expect(script.state.visibleRegions.map(\.region.name) == ["B", "A", "C", "D"])
    script.type("uu")
    script.type("r")
    #expect(script.state.visibleRegions.map(\.region.name) == ["B", "C"])
  }

  @Test func whatComesBackIsSaid() throws {
    var script = try ViewerScript()
    script.command("roi rect:1,1,5,5")
    script.command("roi glow=rect:9,9,5,5")
    script.type("x10gi20goma+")
    var said: [String] = []
    for _ in 0..<7 {
      script.type("bCau")
      said.append(script.state.notice?.text ?? "")
    }
    #expect(
      said == [
        "undo: view", "undo: mark a", "undo: range 10:100", "undo: range 10:100", "undo: ROI glow",
        "undo: ROI glow", "undo: ROI A",
      ])
    script.press(.control("r"))
    #expect(script.state.notice?.text == "redo: ROI A")
  }
}
