public import BlitzCore
import Glibc
import Synchronization

/// A file being written: under a temporary name in the same folder until `commit`, gone without it.
///
/// What is no regular file (a pipe, a device) is written in place, because nothing can take its name.
/// A symbolic link is followed, so that it goes on pointing where it did.
@safe public final class AtomicOutput {
  /// Where it goes, links followed.
  let target: FilePath
  /// Nil when the target is written in place, and once nothing is left to discard.
  private var temporary: FilePath?
  private let overwrites: Bool
  /// Open for writing until `commit`.
  private(set) var descriptor: Int32

  /// Temporary names of this process that exist now.
  private static let unfinished = Mutex(Set<FilePath>())
  private static let counter = Atomic<Int>(0)

  /// Opens the output; nothing under its own name changes yet.
  ///
  /// - Throws: `system` when the folder cannot be written to.
  public init(_ path: FilePath, overwrites: Bool) throws(BlitzError) {
    self.overwrites = overwrites
    target = path.resolved ?? path
    if let status = FileStatus(target), !status.isRegular {
      temporary = nil
      descriptor = unsafe target.withCString { unsafe open($0, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
    } else {
      let number = Self.counter.add(1, ordering: .relaxed).newValue
      let name = Array(".".utf8) + target.name.prefix(200) + Array(".\(getpid())-\(number)".utf8)
      let temporary = target.folder.appending(name)
      self.temporary = temporary
      descriptor = unsafe temporary.withCString {
        unsafe open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      }
      if descriptor >= 0 { Self.unfinished.withLock { _ = $0.insert(temporary) } }
    }
    guard descriptor >= 0 else {
      let code = errno
      temporary = nil
      throw BlitzError(.system, path.description, systemReason(code))
    }
  }

  deinit { discard() }

  /// Where it goes, for people.
  public var name: PrintableText { target.printable }

  /// Appends bytes.
  ///
  /// - Throws: `system` when the disk is full or the reader of a pipe is gone.
  public func write(_ bytes: Span<UInt8>) throws(BlitzError) {
    var done = 0
    while done < bytes.count {
      let rest = bytes.extracting(done...)
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        throw failure(errno)
      }
    }
  }

  /// Gives the file its name, now that all of it is written.
  ///
  /// - Throws: `system` when the name was taken meanwhile, or data could not be stored after all.
  public func commit() throws(BlitzError) {
    let isClosed = close(descriptor) == 0
    descriptor = -1
    guard isClosed else { throw failure(errno) }
    guard let temporary else { return }
    let code = unsafe temporary.withCString { from in
      unsafe target.withCString { unsafe place(from, $0) }
    }
    guard code == 0 else { throw failure(code) }
    Self.unfinished.withLock { _ = $0.remove(temporary) }
    self.temporary = nil
  }

  /// Removes every unfinished file of this process, before it ends without running to its end.
  public static func discardAll() {
    let names = unfinished.withLock { $0 }
    for name in names { _ = unsafe name.withCString { unsafe unlink($0) } }
  }

  /// 0, or the error number. A link fails where the name is taken, a rename replaces.
  private func place(_ from: UnsafePointer<CChar>, _ to: UnsafePointer<CChar>) -> Int32 {
    if !overwrites {
      if unsafe link(from, to) == 0 { return unsafe unlink(from) == 0 ? 0 : errno }
      // Some file systems have no links.
      if errno == EEXIST { return EEXIST }
    }
    return unsafe rename(from, to) == 0 ? 0 : errno
  }

  private func failure(_ code: Int32) -> BlitzError {
    BlitzError(.system, target.description, systemReason(code))
  }

  private func discard() {
    if descriptor >= 0 { close(descriptor) }
    guard let temporary else { return }
    _ = unsafe temporary.withCString { unsafe unlink($0) }
    Self.unfinished.withLock { _ = $0.remove(temporary) }
  }
}
