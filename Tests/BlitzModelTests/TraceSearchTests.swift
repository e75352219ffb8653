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

  private func outcome(
    _ text: String, _ means: [Double?], after position: Int, isFinal: Bool = true
  ) throws -> TraceSearch.Outcome {
    try search(text).outcome(in: trace(means), after: position, isFinal: isFinal)
  }

  @Test func crossingsAreFoundRoundTheEnd() throws {
    let means: [Double?] = [1, 9, 9, 1, nil, .nan, 9, 1]
    #expect(try outcome("mean > 5", means, after: 0) == .found(1, wrapped: false))
    #expect(try outcome("mean > 5", means, after: 1) == .found(6, wrapped: false))
    #expect(try outcome("mean > 5", means, after: 6) == .found(1, wrapped: true))
    #expect(try outcome("mean < 5", means, after: 0) == .found(3, wrapped: false))
    #expect(try outcome("mean >= 9", means, after: 2) == .found(6, wrapped: false))
    #expect(try outcome("mean <= 0", means, after: 2) == .nowhere)
    #expect(try outcome("max > 0", means, after: 2) == .nowhere)
  }

  @Test func theFirstFrameIsNoCrossingWhileThereIsAnother() throws {
    #expect(try outcome("mean > 5", [9, 9, 1, 9, 1], after: 3) == .found(3, wrapped: true))
    #expect(try outcome("mean > 5", [9, 9, 1, 1], after: 2) == .found(0, wrapped: true))
    #expect(try outcome("mean > 5", [9], after: 0) == .found(0, wrapped: true))
    #expect(try outcome("mean > 5", [1, 1, 1], after: 1) == .nowhere)
  }

  @Test func whatIsNotMeasuredYetIsNoAnswer() throws {
    let means: [Double?] = [1, 1, nil, 9, 9, 1, 9, nil]
    func outcome(_ text: String, after position: Int) throws -> TraceSearch.Outcome {
      try self.outcome(text, means, after: position, isFinal: false)
    }
    #expect(try outcome("mean > 5", after: 0) == .unmeasured)
    #expect(try outcome("mean > 5", after: 2) == .unmeasured, "the frame before is not known")
    #expect(try outcome("mean > 5", after: 3) == .found(6, wrapped: false))
    #expect(try outcome("mean > 50", after: 3) == .unmeasured)
    #expect(try outcome("median > 5", after: 3) == .unmeasured, "no median was asked for")
  }

  @Test(arguments: ["mean 5", "mean = 5", "mean > x", "speed > 1", "A B mean > 5", "mean > nan"])
  func nonsenseIsRefused(text: String) {
    #expect(TraceSearch(words: text.split(separator: " ")) == nil)
  }

  /// Answers the request for traces with one whose values are given, as mean and, where that is asked
  /// for, as median; nil is not measured.
  private func answer(
    _ script: inout ViewerScript, _ values: [Double?], revision: Int, isWhole: Bool = true
  ) throws {
    let request = try #require(script.state.traceRequest)
    let traces = request.measured.map { region in
      var trace = Trace(of: region, frames: values.count)
      for (frame, value) in values.enumerated() {
        guard let value else { continue }
        var statistics = RegionStatistics()
        (statistics.count, statistics.mean) = (1, value)
        if request.needsMedian { statistics.median = value + 100 }
        trace.set(statistics, frame: frame)
      }
      return trace
    }
    script.send(
      .traces(TraceBoard(traces: traces, revision: revision, answered: isWhole ? request : nil)))
  }

  /// A script with a region A whose trace is measured.
  private func measured(_ values: [Double?]) throws -> ViewerScript {
    var script = try ViewerScript(frames: values.count)
    script.command("roi rect:1,1,4,4")
    script.send(.panes(.trace))
    try answer(&script, values, revision: 1)
    return script
  }

  @Test func findMovesTheFrame() throws {
    var script = try measured([1, 1, 1, 9, 9, 1, 1, 1])
    script.command("find A mean > 5")
    #expect(script.state.frame == 3 && script.state.notice == nil)
    script.command("find mean < 5")
    #expect(script.state.frame == 5)
    script.command("find mean > 5")
    #expect(script.state.frame == 3 && script.state.notice?.text == "wrapped round the end")
    script.command("find mean > 5")
    #expect(script.state.frame == 3 && script.state.notice?.text == "wrapped: found here only")
    script.command("find mean > 0")
    #expect(script.state.frame == 0 && script.state.notice?.text.hasPrefix("wrapped") == true)
    script.command("find A mean > 50")
    #expect(script.state.notice?.text == "found nowhere")
  }

  @Test func findShowsItsStatisticAndWaitsForIt() throws {
    var script = try measured([1, 1, 1, 9, 9, 1, 1, 1])
    script.command("find median > 105")
    #expect(script.state.statistic == .median && script.state.frame == 0)
    #expect(script.state.notice?.text == "finding median > 105: measuring; Esc stops")
    try answer(&script, [1, 1, nil, 9, 9, 1, 1, 1], revision: 2, isWhole: false)
    #expect(script.state.frame == 0 && script.state.notice?.text.contains("measuring") == true)
    try answer(&script, [1, 1, 1, 9, 9, 1, 1, 1], revision: 3)
    #expect(script.state.frame == 3 && script.state.notice == nil)
  }

  @Test func anotherKeyOrAPressDropsASearch() throws {
    for drop: (inout ViewerScript) -> Void in [
      { $0.press(Key(.escape)) }, { $0.mouse(.press, .elsewhere) },
      { $0.send(.action(.interrupt)) },
    ] {
      var script = try measured([1, 1, 9])
      script.command("find median > 105")
      drop(&script)
      try answer(&script, [1, 1, 9], revision: 2)
      #expect(script.state.frame == 0)
    }
  }

  @Test func findWaitsForFramesThatLoad() throws {
    var script = try ViewerScript(frames: 4, isLoading: true)
    script.command("roi rect:1,1,4,4")
    script.send(.panes(.trace))
    script.command("find mean > 5")
    try answer(&script, [1, 1, nil, nil], revision: 1)
    #expect(script.state.notice?.text.contains("measuring") == true)
    var progress = script.state.loading
    (progress.isRunning, progress.isCancelled) = (false, true)
    script.send(.loading(progress))
    try answer(&script, [1, 1, nil, nil], revision: 2)
    #expect(script.state.notice?.text == "found nowhere so far; the trace is partial")
  }

  @Test func findNeedsNoPaneAndSaysWhatItLacks() throws {
    var script = try ViewerScript(frames: 3)
    script.command("find mean > 5")
    #expect(script.state.notice?.text.contains(":roi rect:X,Y,W,H") == true)
    #expect(script.state.traceRequest == nil)
    script.command("roi rect:1,1,4,4")
    script.type("T")
    #expect(!script.state.isTraceOpen && script.state.traceRequest == nil)
    script.command("find B mean > 5")
    #expect(script.state.notice?.text == "no ROI B; there is A")
    script.command("find mean > 5")
    #expect(script.state.isTraceOpen)
    try answer(&script, [1, 1, 9], revision: 1)
    #expect(script.state.frame == 2)
  }

  @Test func whatIsFoundIsShownInPlaceOfAProjection() throws {
    var script = try measured([1, 1, 9])
    script.type("X")
    script.command("find mean > 50")
    #expect(script.state.projection == .max)
    script.command("find mean > 5")
    #expect(script.state.projection == nil && script.state.plane == .frame(2))
    script.type("X")
    script.mouse(.press, .trace(1))
    #expect(script.state.plane == .frame(1))
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
