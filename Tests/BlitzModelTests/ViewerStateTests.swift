import BlitzCore
import BlitzModel
import Testing

@Suite struct ViewerStateTests {
  private let window = LevelWindow(darkest: 3, brightest: 9)

  @Test func levelsAreFittedOnOpenAndOnRequestOnly() throws {
    var script = try ViewerScript(isLoading: true)
    #expect(script.state.pictureRequest?.fit?.trim == 1)
    script.arrive(levels: window)
    #expect(script.state.display.levels == window)
    script.type(".")
    #expect(script.state.pictureRequest?.fit == nil)
    script.type("a")
    #expect(script.state.pictureRequest?.fit?.trim == 2)
    script.arrive(levels: LevelWindow(darkest: 0, brightest: 1))
    script.type("a")
    #expect(script.state.pictureRequest?.fit?.trim == 0)
  }

  @Test func aLateFitIsDropped() throws {
    var script = try ViewerScript(isLoading: true)
    let early = try #require(script.state.pictureRequest)
    script.type("a")
    script.send(
      .picture(PictureFacts(request: early, condition: .complete, probe: [], levels: window)))
    #expect(script.state.display.levels == nil)
    #expect(script.state.pictureRequest?.fit != nil)
  }

  @Test func typedLevelsStayUntilFittedAgain() throws {
    var script = try ViewerScript()
    script.arrive(levels: window)
    script.type(":levels -5 10.5")
    script.press(Key(.enter))
    #expect(script.state.display.levels == LevelWindow(darkest: -5, brightest: 10.5))
    #expect(script.state.display.trim == nil)
    script.type(":levels 10 5")
    script.press(Key(.enter))
    #expect(script.state.display.levels == LevelWindow(darkest: -5, brightest: 10.5))
    #expect(script.state.notice != nil)
  }

  @Test func theCrosshairIsDrivenByArrowsUntilEnter() throws {
    var script = try ViewerScript()
    script.type("c")
    #expect(script.state.crosshair == PixelPoint(x: 20, y: 15))
    script.press(Key(.right), Key(.down), Key(.down))
    #expect(script.state.crosshair == PixelPoint(x: 21, y: 17))
    #expect(script.state.frame == 0)
    script.type(".")
    #expect(script.state.frame == 1)
    script.press(Key(.enter), Key(.right))
    #expect(script.state.frame == 2)
    #expect(script.state.probe == PixelPoint(x: 21, y: 17))
    script.type("c")
    #expect(script.state.crosshair == nil)
  }

  @Test func theCrosshairStaysInTheFrame() throws {
    var script = try ViewerScript()
    script.type("c999")
    script.press(Key(.left))
    script.type("99999999")
    script.press(Key(.down, .shift))
    #expect(script.state.crosshair == PixelPoint(x: 0, y: 29))
  }

  @Test func escapeLeavesOneThingAtATime() throws {
    var script = try ViewerScript()
    script.type("c?5")
    script.press(Key(.escape))
    #expect(script.state.count.value == nil && script.state.overlay == .help)
    script.press(Key(.escape))
    #expect(script.state.overlay == nil && script.state.focus == .crosshair)
    script.press(Key(.escape))
    #expect(script.state.focus == .frames && script.state.crosshair != nil)
    script.press(Key(.escape), Key(.escape), Key(.escape))
    #expect(script.state.crosshair == nil && script.effects.isEmpty)
  }

  @Test func interruptCancelsLoadingFirstAndQuitsSecond() throws {
    var script = try ViewerScript(isLoading: true)
    script.press(.control("c"))
    #expect(script.effects == [.cancelLoad])
    var progress = script.state.loading
    progress.isRunning = false
    progress.isCancelled = true
    script.send(.loading(progress))
    #expect(script.state.loading.isPartial)
    script.send(.action(.interrupt))
    #expect(script.effects.last == .armQuit)
    #expect(script.state.notice?.text == "press again to quit")
    script.send(.action(.interrupt))
    #expect(script.effects.last == .exit)
  }

  @Test func theQuitOfferExpires() throws {
    var script = try ViewerScript()
    script.press(.control("c"))
    script.send(.quitExpired)
    #expect(script.state.notice == nil)
    script.press(.control("c"))
    #expect(script.effects == [.armQuit, .armQuit])
  }

  @Test func aProjectionIsCancelledBeforeItsFirstProgress() throws {
    var script = try ViewerScript()
    script.type("M")
    script.arrive(.pending)
    script.press(.control("c"))
    #expect(script.effects == [.stopProjection(script.state.plane, Corrections())])
    #expect(script.state.projection == .mean && script.state.isStopped)
  }

  @Test func theWheelAddsUp() throws {
    var script = try ViewerScript(frames: 5000)
    for _ in 0..<3000 {
      script.send(
        .pointer(PointerEvent(.elsewhere, MouseEvent(.wheelDown, .press, row: 1, column: 1))))
    }
    for _ in 0..<1000 {
      script.send(
        .pointer(PointerEvent(.elsewhere, MouseEvent(.wheelUp, .press, row: 1, column: 1))))
    }
    #expect(script.state.frame == 2000)
  }

  @Test func theTimelineSeeksAndTheImageIsProbed() throws {
    var script = try ViewerScript()
    script.send(
      .pointer(PointerEvent(.timeline(77, .free), MouseEvent(.left, .press, row: 9, column: 3))))
    #expect(script.state.frame == 77)
    let point = PixelPoint(x: 3, y: 4)
    script.send(.pointer(PointerEvent(.image(point), MouseEvent(.none, .move, row: 2, column: 2))))
    #expect(script.state.probe == point)
    script.send(.pointer(PointerEvent(.elsewhere, MouseEvent(.none, .move, row: 0, column: 2))))
    #expect(script.state.probe == nil)
  }

  @Test func pastedTextIsNeverCommands() throws {
    var script = try ViewerScript()
    script.send(.paste("qqq"))
    #expect(script.effects.isEmpty)
    script.type(":")
    script.send(.paste("42\n"))
    #expect(script.state.prompt?.text == "42")
    script.press(Key(.enter))
    #expect(script.state.frame == 42)
  }

  @Test func mapsAndMappingsGoRound() throws {
    var script = try ViewerScript()
    for _ in LookupTable.builtin { script.type("C") }
    #expect(script.state.display.colorMap == 0)
    for _ in Display.Transfer.allCases { script.type("V") }
    for _ in Display.Pooling.allCases { script.type("B") }
    script.type("!!")
    #expect(script.state.display.transfer == .linear)
    #expect(script.state.display.pooling == .area)
    #expect(!script.state.display.isInverted)
  }
}
