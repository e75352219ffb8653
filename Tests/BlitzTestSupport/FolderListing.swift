import Foundation

/// What a folder holds, hidden files included.
public enum FolderListing {
  /// Names, sorted.
  public static func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}
