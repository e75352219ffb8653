import BlitzCore
import BlitzModel
import Testing

@Suite struct ProjectionTests {
  private func window(_ darkest: Double, _ brightest: Double) throws -> LevelWindow {
    try #require(LevelWindow(darkest: darkest, brightest: brightest))
  }

  @Test(arguments: [
    ("M", Projection.mean), ("S", .std), ("N", .min), ("X", .max), ("D", .median),
  ])
  func theSameKeyShowsAndLeaves(key: String, projection: Projection) throws {
    var script = try ViewerScript()
    script.type(key)
    #expect(
      script.state.plane
        == .projection(projection, try #require(FrameRange(start: 0, end: 100))))
    script.type(key)
    #expect(script.state.plane == .frame(0))
  }

  @Test func oneProjectionReplacesAnotherAndEscapeReturns() throws {
    var script = try ViewerScript()
    script.type("MX")
    #expect(script.state.projection == .max)
    script.arrive()
    script.press(Key(.escape))
    #expect(script.state.projection == nil)
  }

  @Test func pGoesThroughAllAndEndsAtTheFrame() throws {
    var script = try ViewerScript()
    var seen: [Projection?] = []
    for _ in 0..<6 {
      script.type("p")
      seen.append(script.state.projection)
    }
    #expect(seen == [.mean, .std, .min, .max, .median, nil])
  }

  @Test func theRangeIsProjectedInPositions() throws {
    var script = try ViewerScript(frames: 1000, kept: FrameRange(start: 100, end: 900, step: 10))
    script.type("205gi395goM")
    let range = try #require(script.state.range)
    #expect((range.start, range.end) == (210, 401))
    #expect(
      script.state.plane == .projection(.mean, try #require(FrameRange(start: 11, end: 31))))
    #expect(script.state.projectedRange == range)
  }

  @Test func levelsAreRememberedForEveryPlane() throws {
    var script = try ViewerScript(isLoading: true)
    let frame = try window(0, 100)
    let mean = try window(40, 60)
    script.arrive(levels: frame)
    script.type("M")
    #expect(script.state.pictureRequest?.fit != nil)
    script.arrive(levels: mean)
    script.type("M")
    #expect(script.state.display.levels == frame)
    #expect(script.state.pictureRequest?.fit == nil)
    script.type("M")
    #expect(script.state.display.levels == mean)
  }

  @Test func lockedLevelsStayAcrossPlanes() throws {
    var script = try ViewerScript(isLoading: true)
    let frame = try window(0, 100)
    script.arrive(levels: frame)
    script.type("AS")
    #expect(script.state.display.levels == frame)
    #expect(script.state.pictureRequest?.fit == nil)
  }

  @Test func steppingDoesNotAskForTheProjectionAgain() throws {
    var script = try ViewerScript()
    script.type("M")
    let before = script.state.pictureRequest
    script.type("25.")
    #expect(script.state.pictureRequest == before)
    #expect(script.state.frame == 25)
  }

  @Test func framesThatArriveChangeAProjection() throws {
    var script = try ViewerScript(isLoading: true)
    script.type("M")
    let before = script.state.pictureRequest
    var progress = script.state.loading
    progress.arrived = 10
    script.send(.loading(progress))
    #expect(script.state.pictureRequest != before)
  }

  @Test func interruptCancelsTheProjectionFirst() throws {
    var script = try ViewerScript(isLoading: true)
    script.type("D")
    script.send(.projecting(script.state.plane, 0.3))
    #expect(script.state.projecting == 0.3 && script.state.projectingSeconds == nil)
    script.send(.projecting(script.state.plane, 0.35, secondsLeft: 4))
    #expect(script.state.projectingSeconds == 4)
    script.press(.control("c"))
    #expect(script.effects.last == .stopProjection(script.state.plane, Corrections()))
    #expect(script.state.projection == .median && script.state.isStopped)
    #expect(script.state.loading.isRunning)
    // The last of its progress comes late.
    script.send(.projecting(script.state.plane, 0.4))
    #expect(script.state.projecting == nil && script.state.projectingSeconds == nil)
  }

  @Test(arguments: [Key(.escape), .control("c")])
  func whatThereIsOfAStoppedProjectionIsShown(key: Key) throws {
    var script = try ViewerScript()
    script.type("M")
    script.press(key)
    #expect(script.state.pictureRequest?.isStopped == true)
    #expect(!script.state.awaitsProjection)
    script.arrive(shortfall: ProjectionShortfall(frames: 40))
    #expect(script.state.shortfall.frames == 40)
    #expect(script.state.suggestedName(for: .projection) == "shot-mean-partial.npy")
    script.press(Key(.escape))
    #expect(script.state.plane == .frame(0) && script.state.shortfall.isEmpty)
    // Shown again, it is asked for in full.
    script.type("M")
    #expect(script.state.pictureRequest?.isStopped == false)
  }

  @Test func aStoppedProjectionOfNothingBringsTheFrameBack() throws {
    var script = try ViewerScript()
    script.type("M")
    let mean = script.state.plane
    script.press(Key(.escape))
    script.send(.projectionStopped(mean))
    #expect(script.state.plane == .frame(0))
    // Too late: something else is shown by now.
    script.type("M")
    script.send(.projectionStopped(mean))
    #expect(script.state.projection == .mean)
  }

  @Test func whileAStoppedProjectionIsStillAwaitedItCanBeLeft() throws {
    var script = try ViewerScript()
    script.type("M")
    script.press(.control("c"))
    script.arrive(.pending)
    script.press(.control("c"))
    #expect(script.state.plane == .frame(0))
  }

  @Test func anotherRangeIsComputedAgain() throws {
    var script = try ViewerScript()
    script.type("M")
    script.press(Key(.escape))
    script.type("50go")
    #expect(script.state.pictureRequest?.isStopped == false)
    script.type("U")
    #expect(script.state.pictureRequest?.isStopped == false)
  }

  @Test func escapeLeavesAProjectionThatGrows() throws {
    var script = try ViewerScript(isLoading: true)
    script.type("M")
    script.arrive(shortfall: ProjectionShortfall(frames: 60))
    script.send(.projecting(script.state.plane, 0.5))
    script.press(Key(.escape))
    #expect(script.state.plane == .frame(0))
  }

  @Test func whatWasNotAnsweredYetIsAwaitedAndCanBeCancelled() throws {
    var script = try ViewerScript()
    script.arrive()
    script.type("X")
    #expect(script.state.awaitsProjection)
    script.press(.control("c"))
    #expect(script.effects.last == .stopProjection(script.state.plane, Corrections()))
    #expect(!script.state.awaitsProjection)
    script.type("XX")
    #expect(script.state.awaitsProjection)
    script.arrive()
    #expect(!script.state.awaitsProjection)
  }

  @Test func aFailureIsToldOnceAndBringsTheFrameBack() throws {
    var script = try ViewerScript()
    script.type("D")
    let median = script.state.plane
    script.type("M")
    script.send(.projectionFailed(median, PrintableText("shot.npy: changed")))
    #expect(script.state.projection == .mean)
    script.send(.projectionFailed(script.state.plane, PrintableText("shot.npy: changed")))
    #expect(script.state.plane == .frame(0))
    #expect(script.state.notice?.text == "shot.npy: changed")
  }

  @Test func progressOfAnotherPlaneIsNotShown() throws {
    var script = try ViewerScript()
    script.type("D")
    let median = script.state.plane
    script.type("M")
    script.send(.projecting(median, 0.9))
    #expect(script.state.projecting == nil)
  }
}
