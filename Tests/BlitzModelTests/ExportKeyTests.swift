import BlitzCore
import BlitzModel
import Testing

@Suite struct ExportKeyTests {
  /// The last file that was asked for.
  private func asked(_ script: ViewerScript) -> (ExportRequest, name: String, overwrites: Bool)? {
    guard case .save(let request, let name, let overwrites) = script.effects.last else {
      return nil
    }
    return (request, name, overwrites)
  }

  @Test func sAsksForANameAndSavesTheFrameThatWasShown() throws {
    var script = try ViewerScript(isLoading: true)
    script.arrive(levels: LevelWindow(darkest: 0, brightest: 9))
    script.type("42gs")
    #expect(script.state.prompt?.text == "shot-42.png")
    #expect(script.state.prompt?.label == "save picture as: ")
    script.send(.action(.goTo(frame: 50)))
    script.press(Key(.enter))
    let (request, name, overwrites) = try #require(asked(script))
    #expect(request.export == .picture && request.plane == .frame(42))
    #expect(request.display.levels == LevelWindow(darkest: 0, brightest: 9))
    #expect(name == "shot-42.png" && !overwrites)
    #expect(script.state.saving.map(\.text) == ["shot-42.png"])
    script.send(.exported(.saved(PrintableText("saved shot-42.png, 3 KiB"))))
    #expect(script.state.notice?.text == "saved shot-42.png, 3 KiB")
    #expect(script.state.saving.isEmpty)
  }

  @Test func anExclamationMarkReplacesAFile() throws {
    var script = try ViewerScript()
    script.send(.action(.save(.frame)))
    script.type("!")
    script.press(Key(.enter))
    let (request, name, overwrites) = try #require(asked(script))
    #expect(name == "shot-0.npy" && overwrites && request.export == .frame)
  }

  @Test func aRefusedNameIsAskedForAgain() throws {
    var script = try ViewerScript()
    script.send(.action(.save(.frame)))
    script.press(Key(.enter))
    let (request, name, _) = try #require(asked(script))
    script.send(.exported(.refused(request, name: name, PrintableText("exists"))))
    #expect(script.state.prompt?.text == "shot-0.npy")
    #expect(script.state.prompt?.note?.text == "exists")
    script.press(Key(.escape))
    #expect(script.state.prompt == nil && script.effects.count == 1)
  }

  @Test func aRefusalDoesNotTakeTheKeysFromAnotherPrompt() throws {
    var script = try ViewerScript()
    script.send(.action(.save(.frame)))
    script.press(Key(.enter))
    let (request, name, _) = try #require(asked(script))
    script.type(":lev")
    script.send(.exported(.refused(request, name: name, PrintableText("exists"))))
    #expect(script.state.prompt?.text == "lev")
    #expect(script.state.notice?.text == "shot-0.npy: exists")
  }

  @Test func theMenuChoosesAndSaysWhatIsMissing() throws {
    var script = try ViewerScript()
    script.type("E")
    #expect(script.state.overlay == .exports)
    script.press(Key(.down), Key(.down), Key(.enter))
    #expect(script.state.prompt == nil)
    #expect(script.state.notice?.text.contains("no projection is shown") == true)
    script.type("M")
    script.press(Key(.enter))
    #expect(script.state.prompt?.text == "shot-mean.npy")
    #expect(script.state.overlay == nil)
  }

  @Test func everyExportHasANameOfItsOwn() throws {
    var script = try ViewerScript()
    script.type("10gi19goX12gcr")
    script.press(Key(.enter))
    let names = Export.allCases.map { script.state.suggestedName(for: $0) }
    #expect(
      names == [
        "shot-max-10-20.png", "shot-12.npy", "shot-max-10-20.npy", "shot-trace.csv",
        "shot-max-10-20-row-15.csv", "shot-max-10-20-column-20.csv",
      ])
  }

  @Test(arguments: [
    ("run7.avi", "run7-0.npy"), ("shot.v2 (copy)", "shot.v2-copy-0.npy"),
    ("-rf", "rf-0.npy"), ("....", "recording-0.npy"), ("\u{1b}[2J", "x1b-2J-0.npy"),
    ("a/b", "a-b-0.npy"), ("Blitz Ä", "Blitz-Ä-0.npy"),
  ])
  func suggestedNamesNeedNoQuoting(name: String, suggestion: String) throws {
    let shape = try #require(StackShape(frames: 1, rows: 2, columns: 2))
    let state = ViewerState(
      recording: RecordingFacts(
        name: PrintableText(name), format: "png", sourceFrames: 1, framesExact: true,
        kept: .first, shape: shape, sampleType: .u8, residence: "", planReason: PrintableText(""),
        skippedCount: 0, framesPerSecond: nil))
    #expect(state.suggestedName(for: .frame) == suggestion)
  }

  @Test func quittingWaitsForTheFile() throws {
    var script = try ViewerScript()
    script.send(.action(.save(.frame)))
    script.press(Key(.enter), "q")
    #expect(script.effects.last != .exit)
    #expect(script.state.notice?.text.contains("saving shot-0.npy") == true)
    script.send(.exported(.saved(PrintableText("saved"))))
    #expect(script.effects.last == .exit)
  }

  @Test func quittingTwiceDoesNotWaitAndAnotherKeyStays() throws {
    var script = try ViewerScript()
    script.send(.action(.save(.frame)))
    script.press(Key(.enter), "q", ".")
    script.send(.exported(.saved(PrintableText("saved"))))
    #expect(script.effects.last != .exit)
    script.send(.action(.save(.frame)))
    script.press(Key(.enter), "q", "q")
    #expect(script.effects.last == .exit)
  }

  @Test func aFailureIsSaidAndNothingIsLeft() throws {
    var script = try ViewerScript()
    script.send(.action(.save(.frame)))
    script.press(Key(.enter), "q")
    script.send(.exported(.failed(PrintableText("not saved: no space"))))
    #expect(script.effects.last != .exit)
    #expect(script.state.notice?.text == "not saved: no space")
    #expect(script.state.saving.isEmpty)
  }

  @Test func controlCStopsSaving() throws {
    var script = try ViewerScript()
    script.send(.action(.save(.frame)))
    script.press(Key(.enter))
    script.send(.action(.interrupt))
    #expect(script.effects.last == .cancelSaving)
  }

  @Test func yCopiesWhereAndWhat() throws {
    var script = try ViewerScript()
    script.type("c7g")
    script.arrive(probe: [2047])
    script.type("y")
    #expect(script.effects.last == .copy("frame 7, x 20 y 15 = 2047"))
    #expect(script.state.notice?.text == "copied: frame 7, x 20 y 15 = 2047")
  }

  @Test(arguments: [("20000", 8123, "406.15 ms"), ("25", 50, "2 s")])
  func copiedTimesAreInSecondsOrLess(rate: String, frame: Int, time: String) throws {
    let shape = try #require(StackShape(frames: 9000, rows: 2, columns: 2))
    var state = ViewerState(
      recording: RecordingFacts(
        name: PrintableText("x"), format: "png", sourceFrames: 9000, framesExact: true,
        kept: try #require(FrameRange(start: 0, end: 9000)), shape: shape, sampleType: .u8,
        residence: "", planReason: PrintableText(""), skippedCount: 0,
        framesPerSecond: FrameRate(rate)))
    _ = state.update(.action(.goTo(frame: frame)))
    #expect(state.update(.action(.copyText)) == [.copy("frame \(frame), \(time)")])
  }
}
