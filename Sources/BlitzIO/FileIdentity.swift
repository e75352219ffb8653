import Glibc

/// What tells one state of a file from another: which file it is, its length and its last write.
struct FileIdentity: Equatable, Hashable, Sendable {
  /// Device and inode number.
  let device, inode: UInt64
  /// Length in bytes.
  let byteCount: Int
  /// Time of the last write in nanoseconds since 1970; wraps for absurd times, which is harmless.
  let modified: Int64

  /// From the result of a `stat`.
  init(_ status: stat) {
    (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    byteCount = Int(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
  }

  /// The state of an open file; nil when the system cannot say.
  init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }
}
