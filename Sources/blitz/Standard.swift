import BlitzCore
import Glibc

/// The program's two outputs; a closed pipe ends it quietly, any other failure is an error.
struct Standard {
  /// File descriptors 1 and 2.
  static let output = Standard(descriptor: 1)
  static let error = Standard(descriptor: 2)

  private let descriptor: CInt

  /// True when a person may be reading along.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes text in full.
  func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes bytes in full; exits with 1 when that cannot be done.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        fail()
      }
    }
  }

  private func fail() -> Never {
    let reason = errno
    if descriptor == 1, reason != EPIPE {
      Standard.error.write("blitz: output: \(systemReason(reason))\n")
    }
    exit(1)
  }
}
