import BlitzCore
import BlitzModel
import Glibc
import Synchronization

/// Where workers leave messages; the event loop sleeps on its descriptor.
final class Mailbox: Sendable {
  private let messages = Mutex<[Message]>([])
  private let bell: (ear: CInt, hand: CInt)

  /// An empty box. Throws `system` when the process has no descriptor left.
  init() throws(BlitzError) {
    var ends: (CInt, CInt) = (-1, -1)
    let result = unsafe withUnsafeMutableBytes(of: &ends) {
      unsafe pipe($0.assumingMemoryBound(to: CInt.self).baseAddress)
    }
    guard result == 0 else { throw BlitzError(.system, "event loop", systemReason(errno)) }
    bell = (ends.0, ends.1)
    for end in [bell.ear, bell.hand] {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(bell.ear)
    close(bell.hand)
  }

  /// Readable while messages wait.
  var descriptor: CInt { bell.ear }

  /// Leaves a message. Progress is news only once: a newer one takes the place of an older one.
  func post(_ message: Message) {
    let isFirst = messages.withLock { waiting in
      if let last = waiting.last, message.replaces(last) { waiting.removeLast() }
      waiting.append(message)
      return waiting.count == 1
    }
    var ring: UInt8 = 1
    if isFirst { _ = unsafe write(bell.hand, &ring, 1) }
  }

  /// Takes all messages, oldest first.
  func drain() -> [Message] {
    var rings: UInt64 = 0
    while unsafe read(bell.ear, &rings, 8) == 8 {}
    return messages.withLock { waiting in
      defer { waiting.removeAll(keepingCapacity: true) }
      return waiting
    }
  }
}

extension Message {
  /// True when the other message, just before this one, says nothing any more.
  fileprivate func replaces(_ other: Message) -> Bool {
    switch (self, other) {
    case (.loading, .loading), (.traces, .traces): true
    case (.caching(.part), .caching(.part)): true
    case (.projecting(let plane, _, _), .projecting(let earlier, let part, _)):
      plane == earlier && part < 1
    default: false
    }
  }
}
