import BlitzTestSupport
import Testing

/// The viewer as a person sees it: keys go in through tmux, and its screen is read.
@Suite struct ViewerTests {
  /// Opens a recording and waits until all of it has arrived.
  private func open(
    _ recording: SampleRecording, columns: Int = 100, rows: Int = 30, _ options: String = ""
  ) throws -> TmuxScreen {
    let screen = try TmuxScreen(
      columns: columns, rows: rows, running: "'\(Built.blitz)' '\(recording.path)' \(options)")
    try screen.waitFor("loaded recording") {
      $0.contains("frame 0 of \(recording.frames)") && $0.contains("levels ")
        && !$0.contains("loading")
    }
    return screen
  }

  @Test func theFirstFrameShowsWithItsFacts() throws {
    let screen = try open(SampleRecording())
    let text = try screen.text()
    for words in ["blitz", "shot", "32x24", "gray16", "120 frames", "levels ", "gray"] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(try screen.colours().contains("\u{1b}[38;2;") || screen.colours().contains("48;2;"))
    #expect(try screen.state("alternate_on") == "1")
    #expect(try screen.state("cursor_flag") == "0")
  }

  @Test func keysMoveFramesAndCountsMultiply() throws {
    let screen = try open(SampleRecording())
    for (keys, frame) in [
      ("..", 2), (",", 1), ("25.", 26), ("j", 36), ("k", 26), ("3j", 56), ("G", 119), (".", 119),
      ("42g", 42), ("7G", 7), ("g", 0), (",", 0), ("0g", 0), ("999999999999999999999.", 119),
      ("5,", 114),
    ] {
      try screen.type(keys)
      try screen.waitFor("frame \(frame) of 120")
    }
    for (key, frame) in [
      ("Home", 0), ("Right", 1), ("Down", 11), ("Left", 10), ("Up", 0), ("NPage", 12),
      ("PPage", 0), ("End", 119), ("C-u", 113), ("C-d", 119),
    ] {
      try screen.press(key)
      try screen.waitFor("frame \(frame) of 120")
    }
  }

  @Test func theCommandLineGoesToAFrame() throws {
    let screen = try open(SampleRecording())
    try screen.type(":42")
    try screen.press("Enter")
    try screen.waitFor("frame 42 of 120")
    try screen.type(":no-such-command")
    try screen.press("Enter")
    try screen.waitFor("no-such-command")
    try screen.press("Escape")
    try screen.waitFor("frame 42 of 120")
  }

  @Test func playingMovesOnAndPauses() throws {
    let screen = try open(SampleRecording(frames: 40))
    try screen.press("Space")
    try screen.waitFor("frame other than the first") { !$0.contains("frame 0 of") }
    try screen.press("Space")
    try screen.waitFor("pause") { _ in
      let once = try? screen.text()
      return once != nil && once == (try? screen.text())
    }
  }

  @Test func rangesAreSetAndCleared() throws {
    let screen = try open(SampleRecording())
    try screen.type("10gi49go")
    try screen.waitFor("range 10:50")
    try screen.type("U")
    try screen.waitFor("no range") { !$0.contains("range 10:50") }
  }

  @Test func levelsAndColourMapsChange() throws {
    let screen = try open(SampleRecording())
    try screen.type(":levels 12 3800")
    try screen.press("Enter")
    try screen.waitFor("levels 12..3800")
    try screen.type("C")
    try screen.waitFor("viridis")
    try screen.type("a")
    try screen.waitFor("fitted levels") { !$0.contains("levels 12..3800") }
  }

  @Test func theProbeReadsTheDataNotTheScreen() throws {
    let recording = SampleRecording()
    let screen = try open(recording)
    try screen.type("c")
    try screen.waitFor("probe") { $0.contains(/x \d+ y \d+ = \d+/) }
    try screen.press("Right")
    try screen.press("Down")
    try screen.type("9g")
    try screen.waitFor("frame 9 of 120")
    try screen.waitFor("value of frame 9") { text in
      guard let match = text.firstMatch(of: /x (\d+) y (\d+) = (\d+)/),
        let x = Int(match.1), let y = Int(match.2)
      else { return false }
      return String(match.3) == String(recording.value(frame: 9, row: y, column: x))
    }
  }

  @Test func helpOpensAndCloses() throws {
    let screen = try open(SampleRecording())
    try screen.type("?")
    try screen.waitFor("next frame")
    try screen.press("Escape")
    try screen.waitFor("closed help") { !$0.contains("next frame") }
    // At once, so that Escape arrives beside what the terminal itself answers.
    try screen.press(".", "?", "Escape")
    try screen.waitFor("help closed again") {
      $0.contains("frame 1 of 120") && !$0.contains("next frame")
    }
  }

  @Test func everySizeDrawsOrSaysItIsTooSmall() throws {
    let screen = try open(SampleRecording())
    for (columns, rows) in [(160, 48), (80, 24), (40, 12), (20, 6)] {
      try screen.resize(columns: columns, rows: rows)
      try screen.waitFor("frame 0 of 120")
    }
    for (columns, rows) in [(19, 6), (20, 5), (5, 2), (2, 2)] {
      try screen.resize(columns: columns, rows: rows)
      let words = String("terminal too small".prefix(columns))
      try screen.waitFor("\(words) at \(columns)x\(rows)") { $0.contains(words) }
    }
    try screen.resize(columns: 1, rows: 1)
    try screen.resize(columns: 80, rows: 24)
    try screen.waitFor("frame 0 of 120")
  }

  /// A shell may have exported those of another terminal.
  @Test(arguments: ["10", "99999"]) func sizesOfTheEnvironmentAreNotBelieved(lines: String) throws {
    let recording = SampleRecording(frames: 3)
    let screen = try PTYScreen.blitz(
      recording.path, environment: ["LINES": lines, "COLUMNS": "40"])
    // On the last line of 24.
    try screen.waitFor("frame 0 of 3")
    screen.type("q")
    #expect(screen.waitForEnd() == .exit(0))
  }

  @Test func resizingLeavesWhatAFreshStartDraws() throws {
    let recording = SampleRecording()
    let screen = try open(recording, columns: 80, rows: 24)
    for (columns, rows) in [(120, 40), (33, 9), (81, 25)] {
      try screen.resize(columns: columns, rows: rows)
    }
    try screen.resize(columns: 80, rows: 24)
    let fresh = try open(recording, columns: 80, rows: 24)
    let equal = try poll { try screen.pixels() == fresh.pixels() }
    let difference = try firstDifference(screen.pixels(), fresh.pixels())
    #expect(equal, "\(difference)")
  }

  private func firstDifference(_ screen: [[ScreenCell]], _ wanted: [[ScreenCell]]) -> String {
    for (row, (line, other)) in zip(screen, wanted).enumerated() where line != other {
      let column = zip(line, other).enumerated().first { $1.0 != $1.1 }?.offset
      guard let column else { return "row \(row) has \(line.count) cells, not \(other.count)" }
      return "row \(row) column \(column): \(line[column]), not \(other[column])"
    }
    return "\(screen.count) rows, not \(wanted.count)"
  }

  @Test func controlCCancelsLoadingAndThenQuits() throws {
    let (folder, path) = SampleRecording.slow()
    let screen = try TmuxScreen(
      columns: 100, rows: 30, folder: folder,
      running: "'\(Built.blitz)' '\(path)' --size 0.1; echo status $?")
    try screen.waitFor("loading")
    try screen.press("C-c")
    try screen.waitFor("partial")
    try screen.type(".")
    try screen.waitFor("frame 1 of 2000")
    try screen.press("C-c")
    try screen.waitFor("again to quit")
    try screen.press("C-c")
    try screen.waitFor("status 130")
  }
}
