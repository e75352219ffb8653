import BlitzTestSupport
import CTestSupport
import Glibc

/// A terminal of ours: what the session writes goes to an emulator, what we type it reads.
final class PseudoTerminal {
  let path: String
  private(set) var screen: ScreenEmulator
  /// Everything the session sent.
  private(set) var bytes: [UInt8] = []
  private var master: CInt
  /// Held open, so that the terminal's settings outlive the session.
  private let slave: CInt

  init(rows: Int, columns: Int) throws {
    var name = [CChar](repeating: 0, count: 64)
    master = unsafe test_terminal_open(&name, name.count)
    guard master >= 0 else { throw NoTerminal() }
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    slave = unsafe open(path, O_RDWR | O_NOCTTY)
    screen = ScreenEmulator(rows: rows, columns: columns)
    resize(rows: rows, columns: columns)
  }

  deinit {
    hangUp()
    close(slave)
  }

  struct NoTerminal: Error {}

  func resize(rows: Int, columns: Int) {
    _ = test_terminal_resize(master, CInt(columns), CInt(rows))
    screen = ScreenEmulator(rows: rows, columns: columns)
  }

  /// The terminal's modes, all of them.
  var settings: [UInt32] {
    var modes = termios()
    unsafe tcgetattr(slave, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  /// What was typed and nobody has read.
  var unreadBytes: CInt {
    var count: CInt = 0
    _ = unsafe ioctl(slave, UInt(FIONREAD), &count)
    return count
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe write(master, bytes, bytes.count)
  }

  /// Brings the emulator up to date; returns how many bytes came.
  @discardableResult
  func receive() -> Int {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while case let count = unsafe read(master, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
      screen.feed(buffer[..<count])
      total += count
    }
    return total
  }

  func hangUp() {
    if master >= 0 { close(master) }
    master = -1
  }
}
