public import BlitzCore
import CCodecShims
import Glibc

/// A folder of files being written: under a temporary name beside its own until `commit`, and gone
/// with everything in it without that.
///
/// Files are synchronised together before the folder gets its name, since doing so one by one costs a
/// wait for the disk each.
public struct AtomicFolder: ~Copyable, Sendable {
  private let target, location: FilePath
  /// False where files are put into a folder that was there before.
  private let isTemporary: Bool
  private var isCommitted = false

  /// Makes the folder, or takes the one that is there.
  ///
  /// - Parameter force: Write into a folder that exists; what is in it stays unless a file of the same
  ///   name replaces it.
  /// - Throws: `system` when it exists and `force` is false, or cannot be made.
  public init(_ target: FilePath, force: Bool) throws(BlitzError) {
    let place = try Self.prepare(target, force: force)
    (self.target, location, isTemporary) = (target, place.location, place.isTemporary)
  }

  deinit {
    guard isTemporary else { return }
    if !isCommitted { UnfinishedOutputs.remove(location) }
    UnfinishedOutputs.strike(location)
  }

  /// Opens a file of the folder; in one that was there before, it replaces a file of that name once
  /// it is committed. Safe from any thread.
  ///
  /// - Throws: `system` when it cannot be written.
  public func output(_ name: [UInt8]) throws(BlitzError) -> AtomicOutput {
    let file = location.appending(name)
    return try isTemporary
      ? AtomicOutput(inTemporaryFolder: file) : AtomicOutput(file, force: true)
  }

  /// Gives the folder its name. All bytes are on the disk when this returns.
  ///
  /// - Throws: `system` when they could not be written, or the name was taken meanwhile.
  public consuming func commit() throws(BlitzError) {
    guard isTemporary else { return }
    try synchronize()
    let code = unsafe location.withCString { from in
      unsafe target.withCString { unsafe rename(from, $0) == 0 ? 0 : errno }
    }
    guard code == 0 else { throw Self.failure(target, code) }
    isCommitted = true
    AtomicOutput.synchronizeFolder(of: target)
  }

  /// Brings everything in the folder to the disk, by one call for its whole file system.
  private func synchronize() throws(BlitzError) {
    let folder = unsafe location.withCString {
      unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard folder >= 0 else { throw Self.failure(target, errno) }
    defer { close(folder) }
    let code = blz_disk_synchronize(folder)
    guard code == 0 else { throw Self.failure(target, code) }
  }

  private static func prepare(
    _ target: FilePath, force: Bool
  ) throws(BlitzError) -> (location: FilePath, isTemporary: Bool) {
    let form = FileKind(target).form
    if form == .folder, force { return (target, false) }
    guard form == .missing else {
      throw BlitzError(
        .system, target.description, "exists already",
        hint: form == .folder ? "--force writes into it" : "choose another name")
    }
    let mark = String(UInt64.random(in: 0 ... .max), radix: 36)
    let name = Array(".".utf8) + target.name.prefix(200) + Array(".\(mark).partial".utf8)
    let location = target.folder.appending(name)
    UnfinishedOutputs.note(location)
    let code = unsafe location.withCString { unsafe mkdir($0, 0o777) == 0 ? 0 : errno }
    guard code == 0 else {
      UnfinishedOutputs.strike(location)
      throw failure(target, code)
    }
    return (location, true)
  }

  private static func failure(_ target: FilePath, _ code: Int32) -> BlitzError {
    BlitzError(.system, target.description, "cannot be written: \(systemReason(code))")
  }
}
