import BlitzCore
import BlitzModel
import BlitzTestSupport
import Testing

@Suite struct ViewerPositionTests {
  private func left(_ script: ViewerScript) throws -> ViewerPosition {
    for case .remember(let position) in script.effects { return position }
    throw Missing()
  }

  private struct Missing: Error {}

  @Test func qRemembersAndLeaves() throws {
    var script = try ViewerScript()
    script.type("42gQ")
    #expect(try left(script).frame == 42)
    #expect(script.effects.last == .exit)
  }

  @Test func aPositionIsOfferedNotApplied() throws {
    var first = try ViewerScript()
    first.type("10gi29go42gC!V:levels 3 9")
    first.press(Key(.enter))
    first.type("++r")
    first.press(Key(.enter))
    first.type(":rotate")
    first.press(Key(.enter))
    first.type("Q")
    let position = try #require(ViewerPosition(parsing: left(first).text))
    var second = try ViewerScript()
    second.send(.remembered(position))
    #expect(second.state.frame == 0 && second.state.range == nil)
    #expect(
      second.state.notice?.text == "left at frame 42 last time; Ctrl-O goes back there")
    second.press(.control("o"))
    #expect(second.state.frame == 42)
    #expect(second.state.range == first.state.range)
    #expect(second.state.display == first.state.display)
    #expect(second.state.viewport == first.state.viewport)
    #expect(second.state.regions.entries == first.state.regions.entries)
    #expect(second.state.isTraceOpen)
    second.press(.control("o"))
    #expect(second.state.regions.entries.count == 1)
  }

  @Test(arguments: ["", "rrr", "x", "yr", "xr", "rr", "y", "r"])
  func howTheImageLiesComesBack(turns: String) throws {
    var first = try ViewerScript()
    for turn in turns {
      first.type(turn == "r" ? ":rotate" : ":flip \(turn)")
      first.press(Key(.enter))
    }
    first.type("Q")
    var second = try ViewerScript()
    second.send(.remembered(try #require(ViewerPosition(parsing: left(first).text))))
    second.press(.control("o"))
    #expect(second.state.viewport.orientation == first.state.viewport.orientation)
  }

  @Test func fittedLevelsAreFittedAgain() throws {
    var first = try ViewerScript(isLoading: true)
    first.arrive(levels: LevelWindow(darkest: 0, brightest: 5))
    first.type("aQ")
    var second = try ViewerScript()
    second.send(.remembered(try left(first)))
    second.press(.control("o"))
    #expect(second.state.pictureRequest?.fit?.trim == 2)
  }

  @Test func aShorterRecordingTakesWhatItHas() throws {
    var script = try ViewerScript(frames: 20)
    script.send(.remembered(try #require(ViewerPosition(parsing: "frame=99 range=10:50"))))
    script.press(.control("o"))
    #expect(script.state.frame == 19 && script.state.range?.text == "10:20")
    script.send(.remembered(try #require(ViewerPosition(parsing: "frame=99 range=30:50"))))
    script.press(.control("o"))
    #expect(script.state.range == nil)
  }

  @Test func regionsBeyondASmallerImageAreLeft() throws {
    var script = try ViewerScript()
    let text = "frame=3 roi=rect:90,2,4,4 roi=B=rect:38,2,4,4"
    script.send(.remembered(try #require(ViewerPosition(parsing: text))))
    script.press(.control("o"))
    #expect(script.state.regions.entries.map(\.region.name) == ["B"])
  }

  @Test func withoutAnOfferNothingMoves() throws {
    var script = try ViewerScript()
    script.press(.control("o"))
    #expect(script.state.frame == 0)
    #expect(script.state.notice?.text == "no position of an earlier visit; Q leaves one")
  }

  @Test(arguments: ["", "frame=", "frame=-1", "frame=x", "range=1:2", "frame=99999999999999999999"])
  func withoutAFrameThereIsNone(text: String) {
    #expect(ViewerPosition(parsing: text) == nil)
  }

  @Test(arguments: [
    "range=9:3", "range=a:b", "range=1", "levels=9:3", "levels=nan:1", "levels=1", "trim=99",
    "map=nope", "zoom=1e300:0:0", "zoom=nan:nan:nan", "zoom=1:7:7", "zoom=", "roi=rect:1,2",
    "roi=polygon:nan,1,2,3,4,5", "transfer=", "pooling=x", "locked", "=", "==", "\u{1b}[2J",
  ])
  func wordsThatMeanNothingArePassedOver(word: String) throws {
    let position = try #require(ViewerPosition(parsing: "frame=5 \(word)"))
    #expect(position == ViewerPosition(parsing: "frame=5"))
  }

  @Test func garbageNeverTraps() {
    var random = SeededRandom(seed: 7)
    let pieces = [
      "frame=", "range=", "levels=", "zoom=", "roi=", "rect:", "9", ":", ",", "-", "e", ".", " ",
      "inf", "nan", "=", "99999999999999999999", "trim=", "polygon:", "\u{0}", "é",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      guard let position = ViewerPosition(parsing: text) else { continue }
      #expect(position == ViewerPosition(parsing: position.text), "\(text)")
    }
  }
}
