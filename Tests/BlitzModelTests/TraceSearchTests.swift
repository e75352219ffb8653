import BlitzCore
import BlitzModel
import Testing

@Suite struct TraceSearchTests {
  /// A trace whose means are given; nil is not measured.
  private func trace(_ means: [Double?]) throws -> Trace {
    let region = try #require(RegionOfInterest(.point(x: 0, y: 0), name: "A"))
    var trace = Trace(of: region, frames: means.count)
    for (frame, mean) in means.enumerated() {
      guard let mean else { continue }
      var statistics = RegionStatistics()
      (statistics.count, statistics.mean) = (1, mean)
      trace.set(statistics, frame: frame)
    }
    return trace
  }

  private func search(_ text: String) throws -> TraceSearch {
    try #require(TraceSearch(words: text.split(separator: " ")))
  }

  @Test func crossingsAreFoundRoundTheEnd() throws {
    let trace = try trace([1, 9, 9, 1, nil, .nan, 9, 1])
    let above = try search("mean > 5")
    #expect(above.next(in: trace, after: 0) == 1)
    #expect(above.next(in: trace, after: 1) == 6)
    #expect(above.next(in: trace, after: 6) == 1)
    #expect(try search("mean < 5").next(in: trace, after: 0) == 3)
    #expect(try search("mean >= 9").next(in: trace, after: 2) == 6)
    #expect(try search("mean <= 0").next(in: trace, after: 2) == nil)
    #expect(try search("max > 0").next(in: trace, after: 2) == nil)
  }

  @Test(arguments: ["mean 5", "mean = 5", "mean > x", "speed > 1", "A B mean > 5", "mean > nan"])
  func nonsenseIsRefused(text: String) {
    #expect(TraceSearch(words: text.split(separator: " ")) == nil)
  }

  @Test func findMovesTheFrame() throws {
    var script = try ViewerScript(frames: 8)
    script.type(":find mean > 5")
    script.press(Key(.enter))
    #expect(script.state.notice?.text.contains("no trace") == true)
    script.send(.traces(TraceBoard(traces: [try trace([1, 1, 1, 9, 9, 1, 1, 1])], revision: 1)))
    script.type(":find A mean > 5")
    script.press(Key(.enter))
    #expect(script.state.frame == 3)
    script.type(":find A mean > 50")
    script.press(Key(.enter))
    #expect(script.state.notice?.text == "found nowhere")
  }

  @Test func nothingIsMeasuredForAHiddenPane() throws {
    var script = try ViewerScript()
    script.type("r")
    #expect(script.state.traceRequest == nil)
    script.send(.panes(.trace))
    #expect(script.state.traceRequest?.regions.count == 1)
    script.send(.panes([]))
    #expect(script.state.traceRequest == nil)
  }
}
