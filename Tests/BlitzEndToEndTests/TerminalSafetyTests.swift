import BlitzTestSupport
import Glibc
import Testing

/// However the viewer ends, the shell that started it finds its terminal as it was.
@Suite struct TerminalSafetyTests {
  private let recording = SampleRecording(frames: 5)

  /// A terminal whose shell runs the viewer between two looks at the line settings.
  private func openInShell() throws -> TmuxScreen {
    let folder = recording.folder
    let screen = try TmuxScreen(
      folder: folder,
      running: """
        stty -g >'\(folder.file("before"))'; \
        sh -c 'echo $$ >"\(folder.file("pid"))"; exec "\(Built.blitz)" "\(recording.path)"'; \
        echo "status $?"; stty -g >'\(folder.file("after"))'; read -r line; echo "got $line"
        """)
    try screen.waitFor("frame 0 of 5")
    return screen
  }

  private func number(in name: String) -> pid_t {
    pid_t(String(decoding: readFile(recording.folder.file(name)), as: UTF8.self).dropLast()) ?? -1
  }

  private func expectRestored(_ screen: TmuxScreen) throws {
    #expect(try screen.state("alternate_on") == "0")
    #expect(try screen.state("cursor_flag") == "1")
    #expect(try screen.state("mouse_any_flag") == "0")
    #expect(try screen.state("mouse_sgr_flag") == "0")
    try screen.type("echoed")
    try screen.press("Enter")
    try screen.waitFor("got echoed")
    let before = readFile(recording.folder.file("before"))
    #expect(!before.isEmpty && before == readFile(recording.folder.file("after")))
  }

  @Test func afterQuitting() throws {
    let screen = try openInShell()
    #expect(try screen.state("alternate_on") == "1")
    #expect(try screen.state("mouse_any_flag") == "1")
    try screen.type("q")
    try screen.waitFor("status 0")
    try expectRestored(screen)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func afterASignalThatEnds(signal: Int32) throws {
    let screen = try openInShell()
    kill(number(in: "pid"), signal)
    try screen.waitFor("status \(128 + signal)")
    try expectRestored(screen)
  }

  @Test(arguments: [
    SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE, SIGTRAP, SIGXCPU, SIGUSR1, SIGALRM, SIGPWR,
  ])
  func afterACrash(signal: Int32) throws {
    let screen = try openInShell()
    kill(number(in: "pid"), signal)
    try screen.waitFor("status \(128 + signal)")
    try expectRestored(screen)
  }

  @Test func signalsThatTheCallerIgnoresEndNothing() throws {
    let screen = try PTYScreen([
      "sh", "-c", "trap '' USR1; exec '\(Built.blitz)' '\(recording.path)'",
    ])
    try screen.waitFor("frame 0 of 5")
    screen.child.send(SIGUSR1)
    screen.type("q")
    #expect(screen.waitForEnd() == .exit(0))
  }

  @Test func suspendedAndContinuedInAnotherSize() throws {
    let screen = try TmuxScreen(
      columns: 80, rows: 24, folder: recording.folder,
      running: "PS1='ready> ' exec bash --norc --noprofile -i")
    try screen.waitFor("ready>")
    try screen.type("'\(Built.blitz)' '\(recording.path)'\n")
    try screen.waitFor("frame 0 of 5")
    try screen.type("2g")
    try screen.waitFor("frame 2 of 5")
    let drawn = try screen.settledPixels()
    for (columns, rows) in [(70, 20), (80, 24)] {
      try screen.press("C-z")
      try screen.waitFor("Stopped")
      #expect(try screen.state("alternate_on") == "0")
      #expect(try screen.state("cursor_flag") == "1")
      #expect(try screen.state("mouse_any_flag") == "0")
      try screen.resize(columns: columns, rows: rows)
      try screen.type("clear; fg\n")
      try screen.waitFor("frame 2 of 5")
    }
    try screen.waitFor("the same drawing") { _ in (try? screen.pixels()) == drawn }
    try screen.type("q")
    try screen.waitFor("ready>")
    #expect(try screen.state("alternate_on") == "0")
  }

  @Test(arguments: [false, true]) func aHungUpTerminalEndsIt(signalIgnored: Bool) throws {
    let ignoring = signalIgnored ? "trap '' HUP; " : ""
    let screen = try PTYScreen([
      "sh", "-c", "\(ignoring)exec '\(Built.blitz)' '\(recording.path)'",
    ])
    try screen.waitFor("of 5")
    screen.hangUp()
    let ending = screen.child.wait(seconds: 5)
    #expect(ending == .exit(128 + SIGHUP) || ending == .signal(SIGHUP) || ending == .exit(1))
  }

  @Test func aTrapInTheProgramItselfRestoresToo() throws {
    let screen = try PTYScreen.blitz(recording.path)
    let before = screen.settings()
    try screen.waitFor("of 5")
    #expect(screen.settings() != before)
    screen.child.send(SIGILL)
    #expect(screen.waitForEnd() == .signal(SIGILL))
    #expect(screen.settings() == before)
    let end = String(decoding: screen.output.suffix(200), as: UTF8.self)
    for sequence in ["\u{1b}[?1049l", "\u{1b}[?25h", "\u{1b}[?1000l"] {
      #expect(end.contains(sequence), "\(end.debugDescription)")
    }
  }
}
