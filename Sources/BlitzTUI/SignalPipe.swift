import BlitzCore
import CTerminalShims
import Glibc

/// A signal that concerns the viewer.
public enum TerminalSignal: Hashable, Sendable {
  /// Ctrl-C.
  case interrupt
  /// Asked to end, or Ctrl-\.
  case terminate, quit
  /// The terminal is gone: nothing that is sent arrives.
  case hangUp
  /// Ctrl-Z.
  case suspend
}

/// Signals as bytes in a pipe, and the terminal restored when the program dies by one.
///
/// Process-wide, like the handlers behind it: one at a time.
@safe struct SignalPipe: ~Copyable {
  /// What may come through the pipe.
  enum Arrival: Equatable {
    case reported(TerminalSignal)
    case resized
    case continued
  }

  /// To poll; the bytes are taken by `drain`.
  let descriptor: CInt

  init() throws(BlitzError) {
    descriptor = blz_signals_install()
    guard descriptor >= 0 else {
      throw BlitzError(.system, "signals", "no pipe for them: too many files are open")
    }
  }

  deinit { blz_signals_remove() }

  /// What arrived since the last call, in order.
  func drain() -> [Arrival] {
    var arrivals: [Arrival] = []
    var bytes = [UInt8](repeating: 0, count: 64)
    while case let count = unsafe Glibc.read(descriptor, &bytes, bytes.count), count > 0 {
      arrivals += bytes[..<count].compactMap { Self.arrival(CInt($0)) }
    }
    return arrivals
  }

  private static func arrival(_ number: CInt) -> Arrival? {
    switch number {
    case SIGINT: .reported(.interrupt)
    case SIGTERM: .reported(.terminate)
    case SIGQUIT: .reported(.quit)
    case SIGHUP: .reported(.hangUp)
    case SIGTSTP: .reported(.suspend)
    case SIGWINCH: .resized
    case SIGCONT: .continued
    default: nil
    }
  }
}
