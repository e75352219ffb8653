import BlitzTestSupport
import Glibc
import Testing

/// The viewer over lines that are slow, late or flooded.
@Suite struct SlowLinkTests {
  /// A line, in kB/s and milliseconds of delay.
  private struct Line: CustomStringConvertible {
    let rate, delay: Int
    var description: String { "\(rate) kB/s, \(delay) ms" }
  }

  /// Most bytes that a frame of this screen can take: 39 for a cell of two 24-bit colours.
  private static let frameBytes = 80 * 24 * 39

  private func open(_ recording: SampleRecording, _ line: Line) throws -> LinkedScreen {
    let link = try LinkedScreen(
      [recording.path], bytesPerSecond: Double(line.rate) * 1000,
      delay: Double(line.delay) / 1000)
    try #require(link.run { link.text.contains("frame 0 of") && !link.text.contains("loading") })
    try #require(link.settle())
    return link
  }

  /// Colours of every block cell; nil for text.
  private func colours(_ terminal: ScreenEmulator) -> [[ScreenEmulator.Color]?] {
    (0..<terminal.rows * terminal.columns).map {
      terminal.quarters(row: $0 / terminal.columns, column: $0 % terminal.columns)
    }
  }

  /// Holds the key for the next frame down and measures what happens once it is let go.
  private func scrub(_ line: Line, seconds: Double) throws {
    let recording = SampleRecording(frames: 400, rows: 48, columns: 160, depth: 8)
    let link = try open(recording, line)
    let (start, received) = (now(), link.received)
    var keys = 0
    while now() - start < seconds {
      if Double(keys) < (now() - start) * 30 {
        link.screen.type(".")
        keys += 1
      }
      link.step()
    }
    let (release, atRelease) = (now(), link.received)
    let arrived = link.run { link.text.contains("frame \(keys) of 400") }
    #expect(arrived, "\(line): frame \(keys) never came:\n\(link.text)")
    let late = now() - release
    let behind = link.received - atRelease
    #expect(behind <= Self.frameBytes, "\(line): \(behind) bytes were under way")
    #expect(link.settle())
    #expect(link.terminal.violations == [])
    let fresh = try open(recording, Line(rate: 1_000_000, delay: 0))
    fresh.screen.type(":\(keys)\r")
    #expect(fresh.run { fresh.text.contains("frame \(keys) of 400") } && fresh.settle())
    #expect(
      colours(link.terminal) == colours(fresh.terminal), "\(line): not what a fresh start draws")
    let perKey = (atRelease - received) / max(keys, 1)
    Repetitions.report(
      "link of \(line)",
      "\(perKey) B a key; last frame after \(Int(late * 1000)) ms and \(behind) B")
  }

  @Test func theLastFrameIsNotBehind() throws {
    let lines =
      Repetitions.count(short: 0, long: 1) == 1
      ? [10, 50, 250, 1000].flatMap { rate in [0, 100, 300].map { Line(rate: rate, delay: $0) } }
      : [Line(rate: 50, delay: 100)]
    for line in lines { try scrub(line, seconds: lines.count > 1 ? 4 : 1) }
  }

  @Test func answersThatComeLateAreNoKeys() throws {
    let recording = SampleRecording(frames: 9)
    let link = try LinkedScreen([recording.path], bytesPerSecond: 1e9, delay: 0)
    #expect(link.run { link.text.contains("frame 0 of 9") })
    // What terminals answer to every question asked at the start; late, twice and garbled.
    let answers = [
      "\u{1b}[?62;1;4c", "\u{1b}P>|XTerm(379)\u{1b}\\", "\u{1b}[?2026;2$y", "\u{1b}[6;20;10t",
      "\u{1b}[4;480;800t", "\u{1b}P1$r48;2;1;2;3m\u{1b}\\", "\u{1b}P1+r524742=38\u{1b}\\",
      "\u{1b}[0n", "\u{1b}[0n\u{1b}[0n", "\u{1b}[?62;;;99999999999c", "\u{1b}P0$r\u{1b}\\",
    ]
    for answer in answers {
      link.screen.type(answer)
      _ = link.run(seconds: 0.2) { false }
    }
    link.screen.type(".")
    #expect(link.run { link.text.contains("frame 1 of 9") }, "\(link.text)")
    #expect(link.settle() && link.text.contains("frame 1 of 9"), "\(link.text)")
  }

  @Test func floodsAddUp() throws {
    let recording = SampleRecording(frames: 300)
    let link = try open(recording, Line(rate: 100_000, delay: 0))
    let before = link.received
    for _ in 0..<100 {
      let wheel = { (button: Int) in String(repeating: "\u{1b}[<\(button);20;10M", count: 50) }
      link.screen.type(wheel(65) + "." + wheel(64))
      link.step()
    }
    #expect(link.run { link.text.contains("frame 100 of 300") }, "\(link.text)")
    let bytes = link.received - before
    link.screen.type("\u{1b}[200~")
    for _ in 0..<256 {
      link.screen.type(String(repeating: "q.", count: 2048))
      link.step()
    }
    link.screen.type("\u{1b}[201~.")
    #expect(link.run { link.text.contains("frame 101 of 300") }, "\(link.text)")
    Repetitions.report(
      "10,000 wheel events and 100 keys, then 1 MB of paste",
      "all honoured, \(bytes / 1000) kB drawn")
  }

  @Test func aStormOfResizesEndsInAFreshScreen() throws {
    let recording = SampleRecording(frames: 9)
    let screen = try PTYScreen.blitz(recording.path)
    try screen.waitFor("of 9")
    var random = SeededRandom(seed: 33)
    for _ in 0..<200 {
      screen.resize(
        columns: Int.random(in: 1...200, using: &random),
        rows: Int.random(in: 1...60, using: &random))
      screen.read(milliseconds: 1)
    }
    for rows in 1...12 {
      for columns in stride(from: 1, through: 30, by: 3) {
        screen.resize(columns: columns, rows: rows)
        screen.read(milliseconds: 1)
      }
    }
    screen.settle(quiet: 0.4)
    let start = screen.output.count
    screen.resize(columns: 80, rows: 24)
    let fresh = try open(recording, Line(rate: 1_000_000, delay: 0))
    let isFresh = poll(seconds: 20) {
      screen.read()
      var terminal = ScreenEmulator(rows: 24, columns: 80)
      terminal.feed(screen.output[start...])
      return colours(terminal) == colours(fresh.terminal)
        && (0..<24).allSatisfy { terminal.text(row: $0) == fresh.terminal.text(row: $0) }
    }
    #expect(isFresh, "the last screen is not what a fresh start draws")
    #expect(screen.child.wait(seconds: 0) == .timeout)
  }
}
