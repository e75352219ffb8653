import BlitzCore
import BlitzModel
import Testing

@Suite struct TimelineTests {
  private func shown(_ script: ViewerScript) -> Range<Int> { script.state.timeWindow.positions }

  @Test func zoomingKeepsThePlayheadInPlace() throws {
    var script = try ViewerScript(frames: 1000)
    #expect(shown(script) == 0..<1000)
    script.type("250g)")
    #expect(shown(script) == 125..<625)
    script.type(")")
    #expect(shown(script) == 188..<438)
    script.type("((")
    #expect(shown(script) == 0..<1000)
    #expect(script.state.timeWindow.isWhole && script.state.frame == 250)
  }

  @Test func zoomingEndsAtEightFramesAndAtTheWholeStack() throws {
    var script = try ViewerScript(frames: 1000)
    script.type("999g99)")
    #expect(shown(script) == 992..<1000)
    script.type("999999(")
    #expect(shown(script) == 0..<1000)
    var short = try ViewerScript(frames: 3)
    short.type("5)")
    #expect(shown(short) == 0..<3)
  }

  @Test(arguments: [1, 2, 7, 8, 9, 1000, 21034, 1_000_003])
  func asMuchOutAsInShowsTheWholeStack(frames: Int) throws {
    var script = try ViewerScript(frames: frames)
    for times in [1, 2, 5, 30] {
      script.type("\(frames / 3)g\(times)")
      script.type(")")
      #expect(shown(script).contains(script.state.playback.position))
      script.type("\(times)(")
      #expect(script.state.timeWindow.isWhole)
    }
  }

  @Test func theWindowFollowsThePlayhead() throws {
    var script = try ViewerScript(frames: 1000)
    script.command("timeline 100:200")
    #expect(shown(script) == 100..<200)
    script.type("150g.")
    #expect(shown(script) == 100..<200)
    script.type("199g.")
    #expect(shown(script) == 150..<250)
    script.type("G")
    #expect(shown(script) == 900..<1000)
    script.type("g")
    #expect(shown(script) == 0..<100)
  }

  @Test func theTimelineShowsARangeOrAll() throws {
    var script = try ViewerScript(frames: 1000)
    script.type("*")
    #expect(script.state.timeWindow.isWhole)
    script.type("300gi399go*")
    #expect(shown(script) == 300..<400)
    script.type("*")
    #expect(script.state.timeWindow.isWhole)
    script.command("timeline -50:")
    #expect(shown(script) == 950..<1000)
    script.command("timeline 500:501")
    #expect(shown(script) == 497..<505)
    script.command("timeline all")
    #expect(script.state.timeWindow.isWhole)
    script.command("timeline 5000:6000")
    #expect(script.state.notice?.text.contains("no frame") == true)
    script.command("timeline 1:9:2")
    #expect(script.state.notice?.text.hasPrefix("usage: timeline") == true)
  }

  @Test func aThinnedStackIsShownBySourceFrames() throws {
    let kept = try #require(FrameRange(start: 100, end: 1100, step: 10))
    var script = try ViewerScript(frames: 2000, kept: kept)
    script.command("timeline 200:405")
    #expect(shown(script) == 10..<31)
    script.drag(.free, 20, 30, button: .right)
    #expect(script.state.range == FrameRange(start: 300, end: 401))
    script.drag(.range, 25, 26)
    #expect(script.state.range == FrameRange(start: 310, end: 411))
    script.drag(.range, 25, 0)
    #expect(script.state.range == FrameRange(start: 60, end: 161))
  }

  @Test func theWheelZoomsWhatShowsTime() throws {
    var script = try ViewerScript(frames: 1000)
    script.mouse(.press, .trace(900), .wheelUp)
    #expect(shown(script) == 0..<500 && script.state.frame == 0)
    script.mouse(.press, .timeline(900, .free), .wheelDown)
    #expect(shown(script) == 0..<1000)
    script.mouse(.press, .image(PixelPoint(x: 1, y: 1)), .wheelDown)
    #expect(script.state.frame == 1)
  }

  @Test func traceAndTimelineSeekWhileTheButtonIsDown() throws {
    var script = try ViewerScript()
    script.mouse(.press, .trace(40))
    #expect(script.state.frame == 40 && script.state.heldPlace == .trace)
    script.mouse(.drag, .trace(43))
    script.mouse(.release, .elsewhere)
    script.mouse(.drag, .trace(70))
    #expect(script.state.frame == 43 && script.state.heldPlace == nil)
    script.drag(.playhead, 43, 60)
    #expect(script.state.frame == 60)
  }

  @Test func theRangeIsDraggedByItsEndsAndItsMiddle() throws {
    var script = try ViewerScript()
    script.type("20gi39go0g")
    script.drag(.rangeStart, 20, 15, 10)
    #expect(script.state.range == FrameRange(start: 10, end: 40))
    script.drag(.rangeEnd, 39, 49)
    #expect(script.state.range == FrameRange(start: 10, end: 50))
    script.drag(.range, 30, 35, 40)
    #expect(script.state.range == FrameRange(start: 20, end: 60))
    script.drag(.range, 30, 99)
    #expect(script.state.range == FrameRange(start: 60, end: 100))
    // An end that is dragged over the other becomes the other.
    script.drag(.rangeEnd, 99, 50, 40)
    #expect(script.state.range == FrameRange(start: 40, end: 61))
    #expect(script.state.frame == 0)
    // A click is no drag.
    script.drag(.range, 45)
    #expect(script.state.frame == 45 && script.state.range == FrameRange(start: 40, end: 61))
    script.drag(.rangeStart, 40)
    #expect(script.state.frame == 45)
  }

  @Test func theRightButtonDrawsARange() throws {
    var script = try ViewerScript()
    script.drag(.free, 70, 60, 50, button: .right)
    #expect(script.state.range == FrameRange(start: 50, end: 71))
    script.drag(.free, 0, 99, button: .right)
    #expect(script.state.range == nil)
  }

  @Test func aShownProjectionFollowsTheDrag() throws {
    var script = try ViewerScript()
    script.type("20gi39goM")
    var planes: [Plane?] = []
    script.mouse(.press, .timeline(39, .rangeEnd))
    for position in 40...42 {
      script.mouse(.drag, .timeline(position, .rangeEnd))
      planes.append(script.state.pictureRequest?.plane)
      script.arrive(.pending)
      #expect(script.state.isWaiting && !script.state.isImageOld)
    }
    #expect(
      planes
        == (41...43).map { end in FrameRange(start: 20, end: end).map { .projection(.mean, $0) } })
  }
}
