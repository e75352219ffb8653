import BlitzCore
import BlitzModel
import Testing

@Suite struct PlaybackTests {
  /// Frames shown by `count` ticks, each picture arriving before the next tick.
  private func frames(_ script: inout ViewerScript, ticks: Int) -> [Int] {
    (0..<ticks).map { _ in
      script.arrive()
      script.send(.playTick)
      return script.state.frame
    }
  }

  @Test func playingShowsEveryFrameAndStartsOver() throws {
    var script = try ViewerScript(frames: 4)
    script.type(" ")
    #expect(frames(&script, ticks: 6) == [1, 2, 3, 0, 1, 2])
    script.type(" ")
    #expect(frames(&script, ticks: 2) == [2, 2])
  }

  @Test func loopOffStopsAtTheEnd() throws {
    var script = try ViewerScript(frames: 3)
    while script.state.playback.loop != .off { script.type("L") }
    script.type(" ")
    #expect(frames(&script, ticks: 4) == [1, 2, 2, 2])
    #expect(!script.state.playback.isPlaying)
  }

  @Test func rangeAndPingPongStayInTheRange() throws {
    var script = try ViewerScript(frames: 20)
    script.type("5gi8go5g")
    while script.state.playback.loop != .range { script.type("L") }
    script.type(" ")
    #expect(frames(&script, ticks: 5) == [6, 7, 8, 5, 6])
    script.type("L")
    #expect(script.state.playback.loop == .pingPong)
    #expect(frames(&script, ticks: 6) == [7, 8, 7, 6, 5, 6])
  }

  @Test func playingWaitsForAFrameThatHasNotArrived() throws {
    var script = try ViewerScript(isLoading: true)
    script.arrive()
    script.type(" ")
    script.send(.playTick)
    script.arrive(.pending)
    script.send(.playTick)
    #expect(script.state.frame == 1)
    #expect(script.state.isWaiting)
    #expect(frames(&script, ticks: 1) == [2])
  }

  @Test func speedsStayWithinLimits() throws {
    var script = try ViewerScript(frames: 1000)
    script.type("}}")
    #expect(script.state.playback.rate == 120)
    #expect(script.state.playback.stride == 4)
    script.type("99}")
    #expect(script.state.playback.rate == 100_000)
    script.type("99{")
    #expect(script.state.playback.rate == 0.5)
    #expect(script.state.playback.interval == 2)
    script.press(Key(.backspace))
    #expect(script.state.playback.rate == Playback.normalRate)
  }

  @Test func oneFrameCanPlayForEver() throws {
    var script = try ViewerScript(frames: 1)
    for _ in Playback.Loop.allCases {
      script.type("L ")
      #expect(frames(&script, ticks: 3) == [0, 0, 0])
    }
  }
}
