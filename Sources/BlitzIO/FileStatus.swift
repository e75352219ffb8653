import Glibc

/// What a path leads to, links followed; two are equal when they are the same file.
public struct FileStatus: Equatable, Sendable {
  /// True for an ordinary file.
  public var isRegular: Bool { kind == S_IFREG }
  /// True for a folder.
  public var isFolder: Bool { kind == S_IFDIR }

  private let device: UInt
  private let number: UInt
  private let kind: mode_t

  /// Nil when nothing is there or it cannot be seen.
  public init?(_ path: FilePath) {
    var status = stat()
    guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else { return nil }
    (device, number) = (UInt(status.st_dev), UInt(status.st_ino))
    kind = status.st_mode & S_IFMT
  }
}

extension FilePath {
  /// The path without symbolic links; nil when nothing is there.
  var resolved: FilePath? {
    let resolved = unsafe withCString { unsafe realpath($0, nil) }
    guard let text = unsafe resolved else { return nil }
    defer { unsafe free(text) }
    let bytes = unsafe UnsafeBufferPointer(start: text, count: strlen(text))
    return FilePath(bytes: unsafe bytes.map { UInt8(bitPattern: $0) })
  }
}
