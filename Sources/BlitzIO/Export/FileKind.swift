import Glibc

/// What is at a path, links followed.
public struct FileKind {
  /// Which kind of thing.
  public enum Form {
    /// Nothing, an ordinary file, a folder, or a pipe, a device and the like.
    case missing, regular, folder, other
  }

  /// Which kind of thing is there.
  public let form: Form
  /// Bytes of an ordinary file; else 0.
  public let byteCount: Int
  private let device: UInt
  private let inode: UInt

  /// Looks once.
  public init(_ path: FilePath) {
    var status = stat()
    guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else {
      (form, byteCount, device, inode) = (.missing, 0, 0, 0)
      return
    }
    (device, inode) = (UInt(status.st_dev), UInt(status.st_ino))
    byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    switch status.st_mode & S_IFMT {
    case S_IFREG: form = .regular
    case S_IFDIR: form = .folder
    default: form = .other
    }
  }

  /// True when both paths lead to one existing file, whatever they are called.
  public func isSameFile(as other: FileKind) -> Bool {
    form != .missing && other.form != .missing && device == other.device && inode == other.inode
  }
}
