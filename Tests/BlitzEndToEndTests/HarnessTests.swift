import BlitzTestSupport
import Testing

/// The harness can fail: what it reports is checked on programs everybody knows.
@Suite struct HarnessTests {
  @Test func commandsReportOutputAndEnding() throws {
    let run = try CommandRun(
      ["sh", "-c", "printf out; printf err >&2; exit 7"], environment: environment())
    #expect(run.text == "out" && run.errorText == "err" && run.ending == .exit(7))
    let killed = try CommandRun(["sh", "-c", "kill -9 $$"], environment: environment())
    #expect(killed.ending == .signal(9))
  }

  @Test func commandsOutOfTimeAreKilled() throws {
    let run = try CommandRun(["sleep", "600"], environment: environment(), seconds: 0.2)
    #expect(run.ending == .timeout)
  }

  @Test func tmuxShowsTypesAndResizes() throws {
    let screen = try TmuxScreen(
      columns: 31, rows: 7, running: "stty size; read -r line; echo \"got $line\"; stty size")
    try screen.waitFor("7 31")
    try screen.resize(columns: 40, rows: 9)
    try screen.type("hello")
    try screen.press("Enter")
    try screen.waitFor("got hello")
    try screen.waitFor("9 40")
    #expect(try screen.state("alternate_on") == "0")
  }

  @Test func pseudoTerminalsKeepEveryByteAndHangUp() throws {
    let screen = try PTYScreen(["sh", "-c", "stty size; read -r line; echo \"got $line\"; cat"])
    try screen.waitFor("24 80")
    let before = screen.settings()
    screen.type("hello\n")
    try screen.waitFor("got hello\r\n")
    #expect(screen.settings() == before && before.count > 4)
    screen.hangUp()
    #expect(screen.child.wait() == .signal(1))
  }
}
