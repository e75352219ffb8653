import BlitzCore
import BlitzModel
import Testing

@Suite struct ProbeTraceTests {
  private func hovering(_ x: Int, _ y: Int) throws -> ViewerScript {
    var script = try ViewerScript()
    script.type("T")
    script.send(.panes(.trace))
    script.mouse(.move, .image(PixelPoint(x: x, y: y)), .none)
    return script
  }

  @Test func thePixelUnderTheMouseIsTraced() throws {
    var script = try hovering(3, 4)
    #expect(script.state.traceRequest?.point == PixelPoint(x: 3, y: 4))
    #expect(script.state.traceRequest?.measured.map(\.outline) == [.point(x: 3, y: 4)])
    script.mouse(.move, .image(PixelPoint(x: 5, y: 4)), .none)
    #expect(script.state.traceRequest?.point == PixelPoint(x: 5, y: 4))
    script.mouse(.move, .elsewhere, .none)
    #expect(script.state.traceRequest == nil)
    script.type("c")
    #expect(script.state.traceRequest?.point == script.state.crosshair)
  }

  @Test func nothingIsMeasuredWhereNothingIsSeen() throws {
    var script = try hovering(3, 4)
    script.send(.panes([]))
    #expect(script.state.traceRequest == nil)
    script.send(.panes(.trace))
    script.type("T")
    script.send(.panes(script.state.wantedPanes))
    #expect(script.state.traceRequest == nil)
    // The list of regions needs regions only.
    script.type("R")
    #expect(script.state.traceRequest == nil)
  }

  @Test func aPinnedPixelIsMeasuredOnce() throws {
    var script = try hovering(3, 4)
    script.type("Y")
    #expect(script.state.traceRequest?.point == nil)
    #expect(script.state.traceRequest?.regions.map(\.name) == ["A"])
    script.mouse(.move, .image(PixelPoint(x: 9, y: 9)), .none)
    #expect(script.state.traceRequest?.measured.map(\.name) == ["A", nil])
    script.type("r")
    #expect(script.state.traceRequest?.point == nil)
  }

  @Test func fourPixelsCanBePinned() throws {
    var script = try hovering(0, 0)
    for x in 0..<5 {
      script.mouse(.move, .image(PixelPoint(x: x, y: 2)), .none)
      script.type("Y")
    }
    #expect(script.state.regions.entries.count == 4)
    #expect(script.state.notice?.text.contains("4 points are pinned") == true)
  }

  @Test func theDifferenceOfTwoPinsIsShownByValue() throws {
    var script = try hovering(3, 4)
    script.type("d")
    #expect(script.state.notice?.text.contains("takes two regions") == true)
    script.type("Y")
    script.command("roi glow=rect:1,1,3,3")
    script.mouse(.move, .image(PixelPoint(x: 9, y: 9)), .none)
    script.type("Yd")
    #expect(script.state.shownDifference == RegionPair("A", "C"))
    #expect(script.state.differenceHere == nil)
    let traces = script.state.regions.entries.enumerated().map { index, entry in
      var trace = Trace(of: entry.region, frames: 100)
      var statistics = RegionStatistics()
      statistics.mean = [300, 7, 12.5][index]
      trace.set(statistics, frame: 0)
      return trace
    }
    script.send(.traces(TraceBoard(traces: traces, revision: 1)))
    let here = try #require(script.state.differenceHere)
    #expect((here.first, here.second, here.value) == (300, 12.5, 287.5))
    script.type(".")
    #expect(script.state.differenceHere == nil)
    script.type("d")
    #expect(script.state.shownDifference == nil)
  }

  @Test func anyTwoRegionsHaveADifference() throws {
    var script = try hovering(3, 4)
    script.command("roi glow=rect:1,1,3,3")
    script.command("roi dark=rect:9,9,3,3")
    script.command("difference glow dark")
    #expect(script.state.shownDifference == RegionPair("glow", "dark"))
    script.type("x")
    #expect(script.state.shownDifference == nil)
    script.type("u")
    #expect(script.state.shownDifference == RegionPair("glow", "dark"))
    script.command("difference off")
    #expect(script.state.shownDifference == nil)
    script.command("difference glow nobody")
    #expect(script.state.notice?.text.contains("no regions glow and nobody") == true)
  }
}
