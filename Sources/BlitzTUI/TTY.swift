import BlitzCore
import CTerminalShims
import Glibc

/// Owns the terminal device: raw mode from `enter` on, everything as found after `leave`.
///
/// Safe because the descriptor never leaves this type except as a number to poll, and the C side
/// copies what it is given.
@safe struct TTY: ~Copyable {
  /// To poll for input; never to be read, written or closed elsewhere.
  let descriptor: CInt

  /// Opens the terminal at `path`; nil is the controlling terminal.
  init(path: String?) throws(BlitzError) {
    descriptor =
      if let path { unsafe blz_tty_open(path) } else { blz_tty_open(nil) }
    guard descriptor >= 0 else {
      throw BlitzError(
        .usage, "terminal", "there is none to draw on",
        hint: "blitz info, frame, project and trace work without a terminal")
    }
  }

  deinit {
    blz_tty_restore_now()
    close(descriptor)
  }

  /// Rows and columns, then height and width in pixels; zeros where unknown.
  var size: (rows: Int, columns: Int, height: Int, width: Int) {
    var size: [CInt] = [0, 0, 0, 0]
    unsafe blz_tty_size(descriptor, &size)
    return (Int(size[0]), Int(size[1]), Int(size[3]), Int(size[2]))
  }

  /// Enters raw mode; from here on every way out sends `restore` first.
  func enter(restore: OutputBuffer) throws(BlitzError) {
    let bytes = Array(restore.bytes)
    guard unsafe blz_tty_enter(descriptor, bytes, bytes.count) == 0 else {
      throw BlitzError(.system, "terminal", "its modes cannot be set")
    }
  }

  /// Leaves the terminal as found.
  func leave() { blz_tty_restore_now() }

  /// Writes as much as the terminal takes now; nil when it is gone.
  func write(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe blz_tty_write(descriptor, $0, buffer.count) } ?? 0
    }
    return count < 0 ? nil : count
  }

  /// Reads what is there into `buffer`; 0 when nothing is, nil when the terminal is gone.
  func read(into buffer: inout [UInt8]) -> Int? {
    let count = unsafe blz_tty_read(descriptor, &buffer, buffer.count)
    return count < 0 ? nil : count
  }

  /// Bytes written that the terminal has not fetched yet.
  var backlog: Int { Int(blz_tty_backlog(descriptor)) }

  /// Waits until bytes can be written, for a bounded time.
  func waitUntilWritable(milliseconds: CInt) -> Bool {
    blz_tty_wait_writable(descriptor, milliseconds) == 1
  }

  /// Waits until there is something to read, for a bounded time.
  func waitUntilReadable(milliseconds: CInt) -> Bool {
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&wait, 1, milliseconds) == 1
  }

  /// Stops the process until it is continued in the foreground.
  func stop() { blz_signals_stop(descriptor) }
}
