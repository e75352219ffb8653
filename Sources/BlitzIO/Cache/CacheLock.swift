import BlitzCore
import Glibc

/// One process at a time may write a cached stack; the lock ends with its owner, however that ends.
final class CacheLock {
  private let descriptor: Int32

  /// Takes the lock of a name; nil when somebody else has it and `waits` is false.
  init?(_ folder: CacheFolder, _ name: String, waits: Bool) throws(BlitzError) {
    let path = folder.file(name + ".lock")
    descriptor = unsafe path.withCString {
      unsafe open($0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else {
      throw BlitzError(.system, path.description, "cannot be locked: \(systemReason(errno))")
    }
    while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      guard errno == EINTR else { return nil }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
