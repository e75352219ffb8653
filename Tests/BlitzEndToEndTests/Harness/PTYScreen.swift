import CTestSupport
import Glibc

/// A terminal that the test holds the other end of: every byte is kept, time and speed are the test's.
final class PTYScreen {
  let child: ChildProcess
  /// Everything the program wrote.
  private(set) var output: [UInt8] = []
  /// Bytes taken at each reading; a small number makes a slow link.
  var bytesPerRead = 1 << 16
  private var master: Int32

  /// Starts a program on a new terminal of its own, whose settings are the system's defaults.
  convenience init(
    _ arguments: [String], columns: Int = 80, rows: Int = 24,
    environment changes: [String: String?] = [:]
  ) throws {
    try self.init(
      bytes: arguments.map { Array($0.utf8) }, environment: environment(changes),
      columns: columns, rows: rows)
  }

  /// Likewise, with arguments that need not be UTF-8.
  init(bytes arguments: [[UInt8]], environment: [String: String], columns: Int, rows: Int) throws {
    var path = [CChar](repeating: 0, count: 128)
    master = unsafe test_terminal_open(&path, path.count)
    guard master >= 0 else { throw HarnessError("no pseudo-terminal") }
    test_terminal_resize(master, Int32(columns), Int32(rows))
    let terminal = String(
      decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    child = try ChildProcess(arguments, environment: environment, terminal: terminal)
  }

  deinit { hangUp() }

  /// Starts `blitz` on a new terminal.
  static func blitz(
    _ arguments: String..., columns: Int = 80, rows: Int = 24,
    environment changes: [String: String?] = [:]
  ) throws -> PTYScreen {
    try PTYScreen(
      [Built.blitz] + arguments, columns: columns, rows: rows, environment: changes)
  }

  /// Types bytes.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe write(master, bytes, bytes.count)
  }

  /// Changes the size, which sends SIGWINCH.
  func resize(columns: Int, rows: Int) {
    test_terminal_resize(master, Int32(columns), Int32(rows))
  }

  /// Takes what has arrived, waiting at most `milliseconds` for the first byte.
  ///
  /// - Returns: False once the program's side is closed.
  @discardableResult
  func read(milliseconds: Int32 = 20) -> Bool {
    guard master >= 0 else { return false }
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard unsafe Glibc.poll(&waiting, 1, milliseconds) > 0 else { return true }
    var part = [UInt8](repeating: 0, count: bytesPerRead)
    let count = unsafe Glibc.read(master, &part, part.count)
    if count > 0 { output += part[..<count] }
    return count > 0
  }

  /// Reads until the output holds a text; throws with the end of what came instead.
  func waitFor(_ text: String, seconds: Double = 30) throws {
    let wanted = Array(text.utf8)
    let arrived = poll(seconds: seconds) {
      read()
      return output.contains(wanted)
    }
    guard arrived else {
      let end = String(decoding: output.suffix(400), as: UTF8.self)
      throw HarnessError("no '\(text)' in the output; it ends: \(end.debugDescription)")
    }
  }

  /// Reads until nothing has come for a while.
  @discardableResult
  func settle(quiet: Double = 0.15, seconds: Double = 30) -> Bool {
    var (length, since) = (output.count, now())
    return poll(seconds: seconds) {
      read()
      if output.count != length { (length, since) = (output.count, now()) }
      return now() - since > quiet
    }
  }

  /// Reads until the program has ended.
  func waitForEnd(seconds: Double = 30) -> Ending {
    _ = poll(seconds: seconds) {
      read()
      return child.wait(seconds: 0) != .timeout
    }
    while read(milliseconds: 0), output.count != lastCount { lastCount = output.count }
    return child.wait(seconds: 0)
  }

  /// The terminal's line settings, as `stty -g` would print them.
  func settings() -> [UInt32] {
    var numbers = [UInt32](repeating: 0, count: 64)
    let count = unsafe test_terminal_settings(master, &numbers)
    return Array(numbers.prefix(max(Int(count), 0)))
  }

  /// Closes this side, as a dropped connection does.
  func hangUp() {
    if master >= 0 { close(master) }
    master = -1
  }

  private var lastCount = -1
}
