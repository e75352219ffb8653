import BlitzTestSupport
import Glibc
import Testing

/// The viewer dies at a random moment of whatever it is doing, and the terminal is as it was.
@Suite struct InjectedDeathTests {
  /// What the viewer is at when it dies, and the keys that bring it there.
  private enum Scene: String, CaseIterable {
    case starting, loading, idle, playing, help, prompt, drawing

    var keys: String {
      switch self {
      case .starting, .loading, .idle: ""
      case .playing: " "
      case .help: "?"
      case .prompt: ":levels 1"
      case .drawing: "r\u{1b}[<0;20;9M\u{1b}[<32;30;12M"
      }
    }
  }

  private static let signals = [
    SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE,
  ]

  /// Dies once; the seed decides of when and how.
  private func die(_ seed: Int, of path: String) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let scene = Scene.allCases[seed % Scene.allCases.count]
    let signal = Self.signals[seed / Scene.allCases.count % Self.signals.count]
    let before = try PTYScreen(["sh", "-c", "read -r line"]).settings()
    // Before `main` a crash is the Swift runtime's, which would prompt for a key.
    let screen = try PTYScreen.blitz(
      path, "--size", "0.5", environment: ["SWIFT_BACKTRACE": "enable=no"])
    if scene != .starting && scene != .loading { try screen.waitFor("frame 0") }
    screen.type(scene.keys)
    usleep(UInt32.random(in: 0..<60_000, using: &random))
    screen.child.send(signal)
    let ending = screen.waitForEnd()
    // A handler ends the program in order, or nobody had asked for the signal yet.
    #expect(ending == .exit(128 + signal) || ending == .signal(signal), "seed \(seed), \(scene)")
    #expect(screen.settings() == before, "seed \(seed), \(scene)")
    var terminal = ScreenEmulator(rows: 24, columns: 80)
    let fresh = terminal.modes
    terminal.feed(screen.output)
    #expect(terminal.modes == fresh, "seed \(seed), \(scene)")
  }

  @Test func theTerminalIsAsItWas() throws {
    let (folder, path) = SampleRecording.slow(frames: 300)
    let deaths = Repetitions.count(short: 21, long: 350)
    for seed in 0..<deaths { try die(seed, of: path) }
    Repetitions.report("injected deaths, terminal restored", "\(deaths) of \(deaths)")
    _ = folder
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGTRAP])
  func aCommandThatCrashesOnATerminalWaitsForNoKey(signal: Int32) throws {
    let (folder, path) = SampleRecording.slow(frames: 200)
    let screen = try PTYScreen.blitz("project", path, "--op", "mean", "-o", folder.file("m.npy"))
    try screen.waitFor("%")
    screen.child.send(signal)
    #expect(screen.waitForEnd(seconds: 10) == .signal(signal))
  }

  /// The connection goes away instead: the viewer ends by itself and burns no processor time.
  @Test func hangUpsEndIt() throws {
    let recording = SampleRecording(frames: 40)
    let rounds = Repetitions.count(short: 6, long: 100)
    var slowest = 0.0
    for round in 0..<rounds {
      let ignoring = round % 2 == 1 ? "trap '' HUP; " : ""
      let screen = try PTYScreen([
        "sh", "-c", "\(ignoring)exec '\(Built.blitz)' '\(recording.path)'",
      ])
      try screen.waitFor("of 40")
      screen.type(["", " ", "?"][round % 3])
      screen.settle(quiet: 0.02, seconds: 0.1)
      let start = now()
      screen.hangUp()
      #expect(screen.child.wait(seconds: 20) != .timeout, "round \(round)")
      slowest = max(slowest, now() - start)
    }
    Repetitions.report(
      "hang-ups, gone", "\(rounds) of \(rounds), the slowest after \(Int(slowest * 1000)) ms")
  }
}
