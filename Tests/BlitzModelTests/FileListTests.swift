import BlitzCore
import BlitzModel
import Testing

@Suite struct FileListTests {
  /// 100 files, one between them that takes no part, one damaged.
  private let list = FileList(
    (0..<101).map { place in
      if place == 50 {
        return FileList.Entry(
          name: PrintableText("IMG50b.png"), frame: nil, fault: PrintableText("other size"))
      }
      let frame = place < 50 ? place : place - 1
      return FileList.Entry(
        name: PrintableText("IMG\(frame).png"), frame: frame,
        fault: frame == 7 ? PrintableText("IDAT is short") : nil)
    })

  private func open(at frame: Int = 0) throws -> ViewerScript {
    var script = try ViewerScript()
    script.send(.action(.goTo(frame: frame)))
    script.type("f")
    #expect(script.effects.last == .listFiles)
    script.send(.files(list))
    return script
  }

  @Test func theFrameThatIsShownIsChosen() throws {
    var script = try open(at: 60)
    script.press(Key(.down), Key(.enter))
    #expect(script.state.frame == 61 && script.state.overlay == nil)
  }

  @Test(arguments: [("img4", 4), ("17", 17), ("IDAT", 7), ("G99.", 99)])
  func typingNarrows(query: String, frame: Int) throws {
    var script = try open()
    script.type(query)
    script.press(Key(.enter))
    #expect(script.state.frame == frame)
  }

  @Test func whatTakesNoPartSaysWhy() throws {
    var script = try open()
    script.type("50b")
    script.press(Key(.enter))
    #expect(script.state.overlay == .files && script.state.frame == 0)
    #expect(script.state.notice?.text == "IMG50b.png takes no part: other size")
  }

  @Test func nothingMatchesAndNothingListedAreSafe() throws {
    var script = try ViewerScript()
    script.type("f")
    script.press(Key(.enter), Key(.down), Key(.pageUp))
    script.type("zzz")
    script.press(Key(.enter))
    #expect(script.state.overlay == .files)
    script.send(.files(FileList([])))
    script.press(Key(.enter), Key(.escape))
    #expect(script.state.overlay == nil)
  }

  @Test func damageFoundWhileLoadingListsAnewAndKeepsTheChoice() throws {
    var script = try open(at: 10)
    script.press(Key(.down))
    var progress = script.state.loading
    progress.damaged = 1
    script.send(.loading(progress))
    #expect(script.effects.last == .listFiles)
    script.send(.files(list))
    script.press(Key(.enter))
    #expect(script.state.frame == 11)
  }
}
