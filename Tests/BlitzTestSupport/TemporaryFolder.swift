import Foundation

/// A folder of its own for one test, gone when the last reference is.
public final class TemporaryFolder: Sendable {
  /// Where it is, without a slash at the end.
  public let path: String

  /// Makes an empty folder.
  public init() throws {
    let url = FileManager.default.temporaryDirectory.appending(
      component: "blitz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it, written when bytes are given.
  public func file(_ name: String, _ bytes: [UInt8]? = nil) throws -> String {
    let path = "\(path)/\(name)"
    if let bytes { try Data(bytes).write(to: URL(filePath: path)) }
    return path
  }
}
