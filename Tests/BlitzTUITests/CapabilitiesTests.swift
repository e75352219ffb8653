import Testing

@testable import BlitzTUI

@Suite struct CapabilitiesTests {
  @Test(
    "colours from the environment",
    arguments: [
      (["TERM": "xterm-256color"], 256, ColorDepth.palette256),
      (["TERM": "xterm-256color", "COLORTERM": "truecolor"], 256, .rgb),
      (["TERM": "xterm-256color", "COLORTERM": "24bit"], 256, .rgb),
      (["TERM": "xterm-256color", "COLORTERM": "yes"], 256, .palette256),
      (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], 256, .mono),
      (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": ""], 256, .rgb),
      (["TERM": "screen-256color", "COLORTERM": "truecolor"], 256, .palette256),
      (["TERM": "screen-256color", "TMUX": "/tmp/x,1,0"], 256, .rgb),
      (["TERM": "tmux-256color", "TERM_PROGRAM": "tmux"], 256, .rgb),
      (["TERM": "xterm-kitty"], 256, .rgb), (["TERM": "xterm-direct"], 1 << 24, .rgb),
      (["TERM": "linux"], 8, .palette16), (["TERM": "xterm"], 8, .palette16),
      (["TERM": "vt100"], -1, .mono),
    ])
  func environment(variables: [String: String], colors: Int, depth: ColorDepth) {
    #expect(capabilities(variables, colors: colors).depth == depth)
  }

  @Test func aPersonsWordComesFirstButNotWithoutUTF8() {
    let options = TerminalOptions(colors: .palette16)
    let variables = ["TERM": "xterm-256color", "NO_COLOR": "1", "COLORTERM": "truecolor"]
    #expect(capabilities(variables, options: options).depth == .palette16)
    #expect(capabilities(variables, options: options, isUTF8: false).depth == .ascii)
  }

  @Test func repliesRaiseWhatIsNotFixed() {
    var open = capabilities(["TERM": "xterm-256color"])
    let news1 = news(&open, [.version("unheard of 1"), .directColor(false)])
    #expect(news1 == [false, false])
    #expect(open.depth == .palette256)
    let news2 = news(&open, [.version("XTerm(370)"), .directColor(true)])
    #expect(news2 == [true, false])
    #expect(open.depth == .rgb)
    var fixed = capabilities(["TERM": "xterm-256color", "NO_COLOR": "1"])
    let news3 = news(&fixed, [.directColor(true)])
    #expect(news3 == [false])
    #expect(fixed.depth == .mono)
  }

  @Test func cellShapesAreBelievedWhenTheyCanBeTrue() {
    var some = capabilities(["TERM": "xterm"])
    let unlikely: [TerminalReply] = [
      .cellPixels(height: 6, width: 2), .cellPixels(height: 90, width: 9),
      .screenPixels(height: 0, width: 0),
    ]
    let news4 = news(&some, unlikely)
    #expect(news4 == [false, false, false])
    #expect(some.cellAspect == 2)
    let news5 = news(&some, [.screenPixels(height: 24 * 18, width: 80 * 10)])
    #expect(news5 == [true])
    #expect(some.cellAspect == 1.8)
    some.fixAspect(2.5)
    let news6 = news(&some, [.cellPixels(height: 20, width: 10)])
    #expect(news6 == [false])
    #expect(some.cellAspect == 2.5)
    some.fixAspect(nil)
    #expect(some.cellAspect == 2)
  }

  @Test func screenAndOldTerminalsAreAskedNothing() {
    var output = OutputBuffer()
    capabilities(["TERM": "screen"]).appendQuestions(into: &output)
    capabilities(["TERM": "linux"], isXtermLike: false).appendQuestions(into: &output)
    #expect(output.isEmpty)
    capabilities(["TERM": "xterm"]).appendQuestions(into: &output)
    #expect(output.bytes.suffix(3) == [0x1B, 0x5B, 0x63])
  }

  /// Which of the replies made the screen stale.
  private func news(_ capabilities: inout Capabilities, _ replies: [TerminalReply]) -> [Bool] {
    replies.map { capabilities.apply($0, rows: 24, columns: 80) }
  }

  private func capabilities(
    _ variables: [String: String], colors: Int = 256, options: TerminalOptions = TerminalOptions(),
    isUTF8: Bool = true, isXtermLike: Bool = true
  ) -> Capabilities {
    Capabilities(
      options: options, environment: variables, terminfoColors: colors, isUTF8: isUTF8,
      isXtermLike: isXtermLike)
  }
}
