public import BlitzCore

/// A file that takes no part, or whose frame is damaged, and why.
public struct SkippedInput: Equatable, Sendable {
  /// The file, as bytes.
  public let file: FilePath
  /// Why.
  public let reason: PrintableText

  /// The file's path for people.
  public var path: PrintableText { file.printable }

  /// A skipped file; the reason may hold foreign text.
  public init(file: FilePath, reason: String) {
    (self.file, self.reason) = (file, PrintableText(reason))
  }
}
