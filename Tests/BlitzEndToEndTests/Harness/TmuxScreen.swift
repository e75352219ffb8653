import BlitzTestSupport
import Glibc

/// A terminal of a fixed size in a tmux server of its own, seen as a person would see it.
final class TmuxScreen {
  let folder: TemporaryFolder
  private let socket: String

  /// Opens a terminal that runs a shell command; its environment is as `environment()` makes it.
  init(
    columns: Int = 80, rows: Int = 24, environment changes: [String: String?] = [:],
    folder: TemporaryFolder = TemporaryFolder(), running command: String
  ) throws {
    self.folder = folder
    socket = folder.file("tmux-\(UInt32.random(in: 0 ... .max))")
    var variables = environment(changes)
    variables["TERM"] = "xterm-256color"
    let terminal = changes["TERM"].map { "export TERM='\($0 ?? "")'; " } ?? ""
    let started = try CommandRun(
      tmux + [
        "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
        "printf READY; read -r go; \(terminal)\(command)",
      ], environment: variables)
    guard started.ending == .exit(0) else { throw HarnessError("tmux: \(started.errorText)") }
    try control("set-option", "-g", "remain-on-exit", "on")
    try control("set-option", "-g", "status", "off")
    try control("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    try waitFor("READY")
    try control("send-keys", "Enter")
  }

  deinit { _ = try? control("kill-server") }

  /// Presses keys by their tmux names: "Right", "C-c", "Escape", "Space".
  func press(_ keys: String...) throws { try control(["send-keys"] + keys) }

  /// Types text as it stands.
  func type(_ text: String) throws { try control("send-keys", "-l", text) }

  /// The screen's lines, without spaces at their ends.
  func lines() throws -> [String] {
    try control("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
  }

  /// The screen as one text.
  func text() throws -> String { try lines().joined(separator: "\n") }

  /// The screen with colours, as escape sequences.
  func colours() throws -> String { try control("capture-pane", "-p", "-e", "-N") }

  /// What the screen looks like, whichever glyphs it is made of: for each cell its character and the
  /// colours of its upper and lower half.
  func pixels() throws -> [[ScreenCell]] {
    try colours().split(separator: "\n", omittingEmptySubsequences: false).map { line in
      ScreenCell.cells(ofCaptured: line)
    }
  }

  /// The same once it has stopped changing: lossy drawing has been made exact.
  func settledPixels() throws -> [[ScreenCell]] {
    var (seen, since) = (try pixels(), now())
    let settled = try poll {
      let next = try pixels()
      if next != seen { (seen, since) = (next, now()) }
      return now() - since > 0.5
    }
    guard settled else { throw HarnessError("the screen does not come to rest") }
    return seen
  }

  /// Changes the terminal's size.
  func resize(columns: Int, rows: Int) throws {
    try control("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// The value of a tmux format, such as `alternate_on`.
  func state(_ format: String) throws -> String {
    try control("display-message", "-p", "#{\(format)}").trimmingNewline
  }

  /// Waits until the screen holds a text.
  func waitFor(_ text: String, seconds: Double = 30) throws {
    try waitFor("'\(text)'", seconds: seconds) { $0.contains(text) }
  }

  /// Waits until the screen is as described, or throws with what it shows instead.
  func waitFor(
    _ description: String, seconds: Double = 30, until isSo: (String) -> Bool
  ) throws {
    var seen = ""
    let arrived = try poll(seconds: seconds) {
      seen = try text()
      return isSo(seen)
    }
    guard arrived else { throw HarnessError("no \(description) on the screen:\n\(seen)") }
  }

  /// The process in the terminal, as started by the command.
  var process: pid_t { get throws { pid_t(try state("pane_pid")) ?? -1 } }

  @discardableResult
  private func control(_ words: String...) throws -> String { try control(words) }

  @discardableResult
  private func control(_ words: [String]) throws -> String {
    let run = try CommandRun(tmux + words, environment: environment())
    guard run.ending == .exit(0) else { throw HarnessError("tmux \(words): \(run.errorText)") }
    return run.text
  }

  private var tmux: [String] { ["tmux", "-u", "-S", socket] }
}

extension String {
  fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
