import BlitzCore
import Glibc

/// One process at a time may write a cached stack; the lock ends with its owner, however that ends.
final class CacheLock {
  private let descriptor: Int32

  /// Takes the lock of a name; nil when somebody else has it and `waits` is false.
  init?(_ folder: CacheFolder, _ name: String, waits: Bool) throws(BlitzError) {
    let path = folder.file(name + ".lock")
    while true {
      let descriptor = try Self.open(path)
      if !Self.lock(descriptor, waits: waits) {
        close(descriptor)
        return nil
      }
      // Whoever had it may have removed the file, and others lock another one by now.
      if Self.isAt(path, descriptor) {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  deinit { close(descriptor) }

  private static func open(_ path: FilePath) throws(BlitzError) -> Int32 {
    let descriptor = unsafe path.withCString {
      unsafe Glibc.open($0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else {
      throw BlitzError(.system, path.description, "cannot be locked: \(systemReason(errno))")
    }
    return descriptor
  }

  private static func lock(_ descriptor: Int32, waits: Bool) -> Bool {
    while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
  }

  private static func isAt(_ path: FilePath, _ descriptor: Int32) -> Bool {
    var (own, there) = (stat(), stat())
    guard unsafe fstat(descriptor, &own) == 0,
      unsafe path.withCString({ unsafe lstat($0, &there) }) == 0
    else { return false }
    return own.st_ino == there.st_ino && own.st_dev == there.st_dev
  }
}
