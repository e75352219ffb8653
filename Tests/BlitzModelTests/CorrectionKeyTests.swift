import BlitzCore
import BlitzModel
import Testing

@Suite struct CorrectionKeyTests {
  @Test func bSubtractsTheMeanOfTheRangeAndSwitches() throws {
    var script = try ViewerScript()
    script.type("10gi19gob")
    #expect(script.state.corrections.text == "-mean 10:20")
    #expect(script.state.pictureRequest?.corrections.subtract?.text == "mean:10:20")
    script.type("b")
    #expect(script.state.corrections.text == nil)
    #expect(script.state.pictureRequest?.corrections.isEmpty == true)
    script.type("Ub")
    #expect(script.state.corrections.text == "-mean 10:20")
  }

  @Test func typedCorrectionsAndOff() throws {
    var script = try ViewerScript()
    script.type(":divide file:/data/flat field.tif@70%")
    script.press(Key(.enter))
    #expect(script.state.corrections.text == "/file /data/flat field.tif@70%")
    script.type(":divide off")
    script.press(Key(.enter))
    #expect(script.state.corrections.text == nil)
    script.type(":subtract nonsense")
    script.press(Key(.enter))
    #expect(script.state.notice?.text.hasPrefix("usage: subtract off") == true)
  }

  @Test func masksAreTypedAndTakenFromRegions() throws {
    var script = try ViewerScript()
    script.type(":mask rect:1,2,30,20")
    script.press(Key(.enter))
    #expect(script.state.corrections.text == "mask rect 1,2,30,20")
    #expect(script.state.pictureRequest?.corrections.mask?.text == "rect:1,2,30,20")
    #expect(script.state.pictureRequest?.fit != nil, "levels follow what counts")
    script.type("b:mask my mask.png")
    script.press(Key(.enter))
    #expect(script.state.corrections.text == "-mean 0:100 mask file my mask.png")
    script.type(":mask off")
    script.press(Key(.enter))
    #expect(script.state.corrections.text == "-mean 0:100")
    script.type(":mask roi")
    script.press(Key(.enter))
    #expect(script.state.notice?.text.hasPrefix("no region is selected") == true)
    script.send(.action(.addRegion(try RegionOfInterest(parsing: "spot=ellipse:3,4,9,7"))))
    script.type("b:mask roi")
    script.press(Key(.enter))
    #expect(script.state.corrections.text == "mask ellipse 3,4,9,7")
    script.type(":mask rect:1,2")
    script.press(Key(.enter))
    #expect(script.state.notice?.text.hasPrefix("usage: mask off") == true)
  }

  @Test func aRefusedMaskIsTakenAwayAndSaid() throws {
    var script = try ViewerScript()
    script.type("b:mask nosuch.png")
    script.press(Key(.enter))
    let asked = script.state.corrections.active
    var older = asked
    older.mask = .file("older.png")
    let reason = PrintableText("no such file or folder")
    script.send(.correctionRefused(CorrectionFault(.mask, of: older, reason: reason)))
    #expect(script.state.corrections.active == asked, "of another mask")
    script.send(.correctionRefused(CorrectionFault(.mask, of: asked, reason: reason)))
    #expect(script.state.corrections.text == "-mean 0:100")
    #expect(script.state.notice?.text == "mask file:nosuch.png: no such file or folder")
  }

  @Test func aCountBeforeWSetsTheWindow() throws {
    var script = try ViewerScript()
    script.type("50w")
    #expect(script.state.corrections.text == "-slide 50")
    script.type(":subtract center:9")
    script.press(Key(.enter))
    script.type("11w")
    #expect(script.state.corrections.text == "-center 11")
    script.type("w")
    #expect(script.state.prompt?.text == "subtract slide:")
  }

  @Test func levelsAreFittedForCorrectedFramesAndComeBack() throws {
    var script = try ViewerScript(isLoading: true)
    let raw = LevelWindow(darkest: 0, brightest: 100)
    let corrected = LevelWindow(darkest: -5, brightest: 5)
    script.arrive(levels: raw)
    script.type("b")
    #expect(script.state.pictureRequest?.fit != nil)
    script.arrive(levels: corrected)
    script.type("b")
    #expect(script.state.display.levels == raw)
    script.type("b")
    #expect(script.state.display.levels == corrected)
  }

  @Test func levelsWaitForAFrameThatHasAWindow() throws {
    var script = try ViewerScript()
    script.arrive(levels: LevelWindow(darkest: 10, brightest: 200))
    script.type("50w")
    script.arrive()
    #expect(script.state.lacksWindow)
    #expect(script.state.pictureRequest?.fit != nil, "frame 0 has nothing to fit to")
    script.press(Key(.right))
    script.arrive(levels: LevelWindow(darkest: -3, brightest: 4))
    #expect(!script.state.lacksWindow)
    #expect(script.state.display.levels == LevelWindow(darkest: -3, brightest: 4))
    #expect(script.state.pictureRequest?.fit == nil, "and never again while stepping")
    script.type("51g")
    #expect(script.state.lacksWindow, "frames 51:101 are not there")
    script.type("M")
    #expect(!script.state.lacksWindow, "a projection takes what has one")
  }

  @Test func aFlatFrameIsNoMeasureForThoseBehindIt() throws {
    var script = try ViewerScript()
    script.command("subtract trail:50")
    script.arrive(levels: LevelWindow(darkest: 0, brightest: 0))
    #expect(script.state.display.levels == LevelWindow(darkest: 0, brightest: 0))
    script.press(Key(.right))
    script.arrive(levels: LevelWindow(darkest: -5, brightest: 9))
    script.press(Key(.right))
    script.arrive()
    #expect(script.state.display.levels == LevelWindow(darkest: -5, brightest: 9))
    // Looked at again, they are as they were.
    script.type("bb")
    #expect(script.state.display.levels == LevelWindow(darkest: -5, brightest: 9))
  }

  @Test func lockingKeepsStopgapLevels() throws {
    var script = try ViewerScript()
    script.command("subtract trail:50")
    script.arrive(levels: LevelWindow(darkest: 0, brightest: 0))
    script.type("A")
    script.press(Key(.right))
    script.arrive(levels: LevelWindow(darkest: -5, brightest: 9))
    #expect(script.state.display.levels == LevelWindow(darkest: 0, brightest: 0))
  }

  @Test func aFitThatComesLateLeavesRememberedLevelsAlone() throws {
    var script = try ViewerScript()
    script.arrive(levels: LevelWindow(darkest: 10, brightest: 200))
    script.type("b")
    let asked = try #require(script.state.pictureRequest)
    script.type("b")
    script.send(
      .picture(
        PictureFacts(
          request: asked, condition: .complete, probe: [],
          levels: LevelWindow(darkest: -1, brightest: 1))))
    #expect(script.state.display.levels == LevelWindow(darkest: 10, brightest: 200))
  }
}
