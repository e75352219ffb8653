import Glibc

/// A folder of one test, gone with the value; file names are bytes, as the system's are.
public final class TemporaryFolder: Sendable {
  /// Its path, without a slash at the end.
  public let path: String

  /// Makes an empty folder that only this user can read.
  public init() {
    var template = Array("/tmp/blitz-test-XXXXXX".utf8CString)
    precondition(unsafe mkdtemp(&template) != nil, "no place for temporary files")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { empty(path.utf8CString.dropLast()) }

  /// The path of a file inside.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String, executable: Bool = false) -> String {
    write(bytes, name: Array(name.utf8))
    if executable { unsafe chmod(file(name), 0o755) }
    return file(name)
  }

  /// Writes a file whose name need not be UTF-8.
  public func write(_ bytes: [UInt8], name: [UInt8]) {
    let full = (path.utf8 + [0x2F] + name + [0]).map { CChar(bitPattern: $0) }
    let descriptor = unsafe open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    precondition(descriptor >= 0, "cannot write a test file")
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      precondition(written > 0, "cannot write a test file")
      rest = rest.dropFirst(written)
    }
    close(descriptor)
  }

  /// Makes a folder inside and returns its path.
  public func makeFolder(_ name: String) -> String {
    String(decoding: makeFolder(bytes: Array(name.utf8)), as: UTF8.self)
  }

  /// Makes a folder whose name need not be UTF-8 and returns its path.
  public func makeFolder(bytes name: [UInt8]) -> [UInt8] {
    let full = path.utf8 + [0x2F] + name
    let failed = unsafe mkdir((full + [0]).map { CChar(bitPattern: $0) }, 0o755)
    precondition(failed == 0, "cannot make a test folder")
    return full
  }

  /// Makes a folder inside, in a folder that exists, unless it is there already.
  public func ensureFolder(_ name: String) {
    let code = unsafe mkdir(file(name), 0o755) == 0 ? 0 : errno
    precondition(code == 0 || code == EEXIST, "cannot make a test folder")
  }
}

/// The bytes of a file; empty when it cannot be read.
public func readFile(_ path: String) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return [] }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe read(descriptor, &part, part.count)
    guard count > 0 else { return bytes }
    bytes += part[..<count]
  }
}

/// Removes a folder with all that is in it; links are removed, not followed.
private func empty(_ path: ArraySlice<CChar>) {
  let terminated = path + [0]
  let folder = unsafe open(Array(terminated), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
  if folder >= 0, let entries = unsafe fdopendir(folder) {
    while let entry = unsafe readdir(entries) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
      }
      if name != [0x2E] && name != [0x2E, 0x2E] { empty(path + [0x2F] + name) }
    }
    unsafe closedir(entries)
  }
  unsafe remove(Array(terminated))
}
