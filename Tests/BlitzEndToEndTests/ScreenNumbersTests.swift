import BlitzTestSupport
import Testing

/// A number on the screen is the number that a command writes for the same state.
@Suite struct ScreenNumbersTests {
  private let recording = SampleRecording(frames: 30, rows: 24, columns: 32)

  private func open(_ options: String = "") throws -> TmuxScreen {
    let screen = try TmuxScreen(
      columns: 120, rows: 30, running: "'\(Built.blitz)' '\(recording.path)' \(options)")
    try screen.waitFor("loaded recording") {
      $0.contains("frame 0 of 30") && $0.contains("levels ") && !$0.contains("loading")
    }
    return screen
  }

  /// Waits until the probe shows what `values`, a frame from a command, holds under it.
  private func compare(_ screen: TmuxScreen, _ words: String, _ values: [Double]) throws {
    try screen.waitFor("\(words) as the command has it") { text in
      guard text.contains(words),
        let match = text.firstMatch(of: /x (\d+) y (\d+) = (-?[0-9.e+-]+)/), let x = Int(match.1),
        let y = Int(match.2), let shown = Double(match.3)
      else { return false }
      let value = values[y * 32 + x]
      // Six significant digits.
      return abs(shown - value) <= 5e-6 * abs(value) && value != 0
    }
  }

  private func frame(_ command: String...) throws -> [Double] {
    let out = recording.folder.file("out.npy")
    let run = try CommandRun(
      [Built.blitz, command[0], recording.path, "--force", "-o", out] + command.dropFirst(),
      environment: environment())
    #expect(run.ending == .exit(0), "\(run.errorText)")
    return try array(out).values
  }

  @Test func framesAndProjections() throws {
    let screen = try open()
    try screen.type("17gc")
    try compare(screen, "frame 17 of 30", frame("frame", "-n", "17"))
    for (key, name) in [("M", "mean"), ("S", "std"), ("N", "min"), ("X", "max"), ("D", "median")] {
      try screen.type(key)
      try compare(screen, "\(name) of 0:30", frame("project", "--op", name))
    }
  }

  @Test func correctedFrames() throws {
    let screen = try open("--subtract mean:0:5 --divide max:3:9")
    try screen.type("21gc")
    try compare(
      screen, "frame 21 of 30",
      frame("frame", "-n", "21", "--subtract", "mean:0:5", "--divide", "max:3:9"))
  }
}
