import BlitzCore
import Glibc

/// The program's two outputs. That results cannot be written is an error, but for a closed pipe, which
/// ends it quietly; that something cannot be said beside them is not.
struct Standard {
  /// File descriptors 1 and 2.
  static let output = Standard(descriptor: 1)
  static let error = Standard(descriptor: 2)

  private let descriptor: CInt

  /// Puts something that can be neither read nor written where the caller has closed one of
  /// descriptors 0 to 2: a file that got such a number would get what is meant for a person too.
  static func occupyClosed() {
    for descriptor in CInt(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free is this one.
      _ = unsafe open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// True when a person may be reading along.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes text as bytes.
  func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes bytes in full; where that cannot be done on standard output, the program ends with 1.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        return fail(errno)
      }
    }
  }

  private func fail(_ reason: CInt) {
    guard descriptor == 1 else { return }
    if reason != EPIPE {
      Standard.error.write("blitz: output: \(systemReason(reason))\n")
    }
    exit(1)
  }
}
