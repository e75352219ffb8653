import Glibc
import Synchronization

/// What the process is writing under temporary names, for an end that waits for no writer.
///
/// A name is noted before it exists and struck out once it is gone or has become the target.
public enum UnfinishedOutputs {
  private static let names = Mutex<Set<FilePath>>([])

  /// Ends the process at once and leaves none of the names behind.
  ///
  /// Other threads may be anywhere; those about to begin another output wait here for the end.
  public static func discard(exitCode: Int32) -> Never {
    names.withLock { names in
      for name in names { remove(name) }
      _exit(exitCode)
    }
  }

  static func note(_ name: FilePath) { names.withLock { _ = $0.insert(name) } }

  static func strike(_ name: FilePath) { names.withLock { _ = $0.remove(name) } }

  /// Removes a file, or a folder with the files in it.
  static func remove(_ name: FilePath) {
    guard unsafe name.withCString({ unsafe unlink($0) }) != 0, errno == EISDIR || errno == EPERM
    else { return }
    // Its writers go on until the process ends, so that it may fill again meanwhile.
    for _ in 0..<16 {
      let files = (try? FolderEntries(of: name))?.names
      for index in files?.indices ?? 0..<0 {
        guard let file = files?[index] else { continue }
        _ = unsafe name.appending(file).withCString { unsafe unlink($0) }
      }
      if unsafe name.withCString({ unsafe rmdir($0) }) == 0 || errno != ENOTEMPTY { return }
    }
  }
}
