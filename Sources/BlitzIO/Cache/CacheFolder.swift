import BlitzCore
import Glibc

/// The folder of cached stacks: this user's alone, never anywhere that others can write.
struct CacheFolder: Sendable {
  /// Where it is.
  let path: FilePath

  /// The folder of this user: `blitz` in `$XDG_CACHE_HOME`, else in `~/.cache`.
  ///
  /// - Throws: `system` when neither variable names an absolute path.
  init() throws(BlitzError) {
    func variable(_ name: String) -> FilePath? {
      guard let value = unsafe getenv(name), unsafe value[0] == 0x2F else { return nil }
      return FilePath(unsafe String(cString: value))
    }
    let base = variable("XDG_CACHE_HOME") ?? variable("HOME")?.appending(".cache".utf8)
    guard let base else {
      throw BlitzError(
        .system, "cache", "has no place: HOME is not set", hint: "set HOME or XDG_CACHE_HOME")
    }
    path = base.appending("blitz".utf8)
  }

  /// A folder elsewhere.
  init(path: FilePath) { self.path = path }

  /// The path of a file in it.
  func file(_ name: String) -> FilePath { path.appending(name.utf8) }

  /// True when the folder is there, this user's, and nobody else's to write.
  var isTrusted: Bool { Self.isOwn(path, S_IFDIR) }

  /// Makes the folder where it is missing, readable by this user alone.
  func prepare() throws(BlitzError) {
    _ = unsafe path.folder.withCString { unsafe mkdir($0, 0o700) }
    _ = unsafe path.withCString { unsafe mkdir($0, 0o700) }
    guard isTrusted else { throw untrusted }
  }

  /// Refuses a folder that is there and cannot be trusted.
  func check() throws(BlitzError) {
    var status = stat()
    let isThere = unsafe path.withCString { unsafe lstat($0, &status) } == 0
    if isThere, !isTrusted { throw untrusted }
  }

  private var untrusted: BlitzError {
    BlitzError(
      .system, path.description,
      "cannot be the cache: it is not there, or others can write to it",
      hint: "chmod 700 it, or set XDG_CACHE_HOME")
  }

  /// True for a file of this user's that others cannot write, and that is no link.
  static func isOwn(_ path: FilePath, _ type: mode_t = S_IFREG) -> Bool {
    var status = stat()
    let found = unsafe path.withCString { unsafe lstat($0, &status) } == 0
    return found && status.st_mode & S_IFMT == type && status.st_uid == geteuid()
      && status.st_mode & 0o022 == 0
  }

  /// Names in the folder; none when it is not trusted.
  func names() -> [String] {
    guard isTrusted, let folder = unsafe path.withCString({ unsafe opendir($0) }) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let name, name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a file; it is no failure when it is not there.
  func remove(_ name: String) {
    _ = unsafe file(name).withCString { unsafe unlink($0) }
  }

  /// Bytes that this user may still write there.
  var freeBytes: Int {
    var status = statvfs()
    guard unsafe path.withCString({ unsafe statvfs($0, &status) }) == 0 else { return 0 }
    let (bytes, overflow) = Int(status.f_bavail).multipliedReportingOverflow(
      by: Int(status.f_frsize))
    return overflow ? .max : bytes
  }
}
