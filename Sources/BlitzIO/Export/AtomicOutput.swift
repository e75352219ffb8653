public import BlitzCore
import Glibc

/// A file being written: complete under its name, or not there at all.
///
/// A regular file is written under a temporary name in the same folder, synchronised and renamed by
/// `commit`; without it nothing is left behind. A target that exists and is not regular (a pipe,
/// /dev/full) is written in place.
public struct AtomicOutput: ~Copyable {
  private let target: FilePath
  /// Nil when the target is written in place.
  private let temporary: FilePath?
  private let descriptor: Int32
  private let force: Bool
  private var isCommitted = false

  /// Opens the output.
  ///
  /// - Parameters:
  ///   - force: Replace a file that exists.
  ///   - inputs: Files that are read for this output; none of them may be its target.
  ///   - mode: Permissions of a new file, less those that the umask takes.
  /// - Throws: `usage` when the target exists and `force` is false, or is one of `inputs`;
  ///   `system` when it cannot be written.
  public init(
    _ target: FilePath, force: Bool = false, inputs: [FilePath] = [], mode: UInt32 = 0o666
  ) throws(BlitzError) {
    let opened = try Self.start(target, force: force, inputs: inputs, mode: mode)
    (self.target, self.force) = (target, force)
    (descriptor, temporary) = opened
  }

  /// Standard output, written in place wherever it leads.
  ///
  /// - Throws: `system` when it is closed.
  public init(standardOutput: Void) throws(BlitzError) {
    (target, temporary, force) = (FilePath("standard output"), nil, false)
    descriptor = dup(STDOUT_FILENO)
    guard descriptor >= 0 else { throw failure(errno) }
  }

  /// A file in a folder that nobody else knows of: written in place, and synchronised by whoever
  /// gives the folder its name.
  ///
  /// - Throws: `system` when it cannot be written or is there already.
  init(inTemporaryFolder target: FilePath) throws(BlitzError) {
    (self.target, temporary, force) = (target, nil, false)
    descriptor = try Self.open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW)
  }

  deinit {
    close(descriptor)
    guard let temporary else { return }
    if !isCommitted { _ = unsafe temporary.withCString { unsafe unlink($0) } }
    UnfinishedOutputs.strike(temporary)
  }

  /// Appends bytes.
  public func write(_ bytes: Span<UInt8>) throws(BlitzError) {
    let code = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe Self.writeAll(descriptor, UnsafeRawBufferPointer(buffer))
    }
    if code != 0 { throw failure(code) }
  }

  /// Puts the file under its name. Bytes are on the disk when this returns.
  public consuming func commit() throws(BlitzError) {
    guard let temporary else { return }
    guard fsync(descriptor) == 0 else { throw failure(errno) }
    let code = unsafe temporary.withCString { from in
      unsafe target.withCString { to in unsafe Self.place(from, at: to, force: force) }
    }
    guard code == 0 else { throw code == EEXIST ? Self.exists(target) : failure(code) }
    isCommitted = true
    Self.synchronizeFolder(of: target)
  }

  /// What is written, for the errors of a codec.
  var name: String { target.description }

  /// Lends the descriptor to a codec.
  func withDescriptor<R>(_ body: (Int32) throws(BlitzError) -> R) throws(BlitzError) -> R {
    try body(descriptor)
  }

  /// Gives the file its name; 0 or the error number.
  ///
  /// Without `force` by a second link, which never replaces a file that has appeared meanwhile;
  /// where the file system has no links, by the rename that the check in `init` allowed.
  private static func place(
    _ from: UnsafePointer<CChar>, at to: UnsafePointer<CChar>, force: Bool
  ) -> Int32 {
    if !force {
      if unsafe link(from, to) == 0 { return unsafe unlink(from) == 0 ? 0 : errno }
      if errno == EEXIST { return EEXIST }
    }
    return unsafe rename(from, to) == 0 ? 0 : errno
  }

  private func failure(_ code: Int32) -> BlitzError {
    BlitzError(.system, target.description, "cannot be written: \(systemReason(code))")
  }

  /// Opens the descriptor to write to, and the temporary name it has unless it is the target itself.
  private static func start(
    _ target: FilePath, force: Bool, inputs: [FilePath], mode: UInt32
  ) throws(BlitzError) -> (Int32, FilePath?) {
    let existing = FileKind(target)
    if let input = inputs.first(where: { existing.isSameFile(as: FileKind($0)) }) {
      throw BlitzError(
        .usage, target.description, "is the input \(input) itself",
        hint: "a recording is never changed; choose another name")
    }
    switch existing.form {
    case .folder:
      throw BlitzError(.usage, target.description, "is a folder", hint: "add a file name")
    case .other:
      return (try open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY), nil)
    case .regular where !force: throw exists(target)
    case .regular, .missing:
      let name = temporaryName(for: target)
      return (try openTemporary(name, for: target, mode), name)
    }
  }

  private static func exists(_ target: FilePath) -> BlitzError {
    BlitzError(.usage, target.description, "exists", hint: "--force replaces it")
  }

  private static func open(
    _ path: FilePath, _ flags: Int32, _ mode: UInt32 = 0o666
  ) throws(BlitzError) -> Int32 {
    let descriptor = unsafe path.withCString { unsafe Glibc.open($0, flags, mode) }
    guard descriptor >= 0 else {
      throw BlitzError(.system, path.description, "cannot be written: \(systemReason(errno))")
    }
    return descriptor
  }

  /// Opens the temporary name; what is wrong with it is told of the target, which the person knows.
  private static func openTemporary(
    _ name: FilePath, for target: FilePath, _ mode: UInt32
  ) throws(BlitzError) -> Int32 {
    UnfinishedOutputs.note(name)
    do throws(BlitzError) {
      return try open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    } catch {
      UnfinishedOutputs.strike(name)
      throw BlitzError(.system, target.description, error.reason.text)
    }
  }

  /// A hidden name beside the target that no other process uses.
  private static func temporaryName(for target: FilePath) -> FilePath {
    let mark = String(UInt64.random(in: 0 ... .max), radix: 36)
    // The target's name is cut so that the whole stays within the 255 bytes of a name.
    return target.folder.appending(
      Array(".".utf8) + target.name.prefix(200) + Array(".\(mark).partial".utf8))
  }

  private static func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
    var rest = unsafe bytes
    while unsafe !rest.isEmpty {
      let written = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { return written < 0 ? errno : EIO }
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    return 0
  }

  /// Makes the rename itself last; file systems that cannot do so are left alone.
  static func synchronizeFolder(of target: FilePath) {
    let folder = unsafe target.folder.withCString {
      unsafe Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}
