public import BlitzCore
import Glibc

/// A folder of files being written: under a temporary name beside its own until `commit`, and gone
/// with everything in it without that.
public struct AtomicFolder: ~Copyable {
  /// Where to put files.
  public let location: FilePath

  private let target: FilePath
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
    guard isTemporary, !isCommitted else { return }
    let names = (try? FolderEntries(of: location))?.names
    for index in names?.indices ?? 0..<0 {
      if let name = names?[index] {
        _ = unsafe location.appending(name).withCString { unsafe unlink($0) }
      }
    }
    _ = unsafe location.withCString { unsafe rmdir($0) }
  }

  /// Gives the folder its name.
  ///
  /// - Throws: `system` when the name was taken meanwhile.
  public consuming func commit() throws(BlitzError) {
    guard isTemporary else { return }
    let code = unsafe location.withCString { from in
      unsafe target.withCString { unsafe rename(from, $0) == 0 ? 0 : errno }
    }
    guard code == 0 else { throw Self.failure(target, code) }
    isCommitted = true
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
    let code = unsafe location.withCString { unsafe mkdir($0, 0o777) == 0 ? 0 : errno }
    guard code == 0 else { throw failure(target, code) }
    return (location, true)
  }

  private static func failure(_ target: FilePath, _ code: Int32) -> BlitzError {
    BlitzError(.system, target.description, "cannot be written: \(systemReason(code))")
  }
}
