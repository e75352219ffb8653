import BlitzCore
import BlitzModel
import Glibc
import Synchronization

/// Where workers leave messages; the event loop sleeps on its descriptor.
final class Mailbox: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wake: CInt

  /// An empty box. Throws `system` when the process has no descriptor left.
  init() throws(BlitzError) {
    wake = eventfd(0, CInt(EFD_CLOEXEC.rawValue | EFD_NONBLOCK.rawValue))
    guard wake >= 0 else { throw BlitzError(.system, "event loop", systemReason(errno)) }
  }

  deinit { close(wake) }

  /// Readable while messages wait.
  var descriptor: CInt { wake }

  /// Leaves a message. Loading progress is news only once: a newer one takes an older one's place.
  func post(_ message: Message) {
    messages.withLock { waiting in
      if case .loading = message, case .loading = waiting.last { waiting.removeLast() }
      waiting.append(message)
    }
    var one: UInt64 = 1
    _ = unsafe write(wake, &one, 8)
  }

  /// Takes all messages, oldest first.
  func drain() -> [Message] {
    var counter: UInt64 = 0
    _ = unsafe read(wake, &counter, 8)
    return messages.withLock { waiting in
      defer { waiting.removeAll(keepingCapacity: true) }
      return waiting
    }
  }
}
