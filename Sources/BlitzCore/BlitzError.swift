/// A failure the user can act on: what was touched, why it failed, what to try.
public struct BlitzError: Error, Equatable, CustomStringConvertible {
  /// Whose fault it is; callers branch on this, never on text.
  public enum Kind: Sendable {
    /// The command line or a prompt asks for something that makes no sense.
    case usage
    /// A file is not there or cannot be read.
    case missingInput
    /// A file's bytes contradict its format.
    case damagedInput
    /// A valid file or request that blitz does not handle.
    case unsupported
    /// It would exceed a limit on memory, size or time.
    case limit
    /// The system refused: disk full, no permission, no such terminal.
    case system
    /// The person stopped it.
    case cancelled
  }

  /// Whose fault it is.
  public let kind: Kind
  /// What was touched (a path, an option), why it failed.
  public let subject, reason: PrintableText
  /// What to try next, when there is something to try.
  public let hint: PrintableText?

  /// Makes an error; every text is made printable here, so raw paths may be passed.
  public init(_ kind: Kind, _ subject: String, _ reason: String, hint: String? = nil) {
    self.kind = kind
    self.subject = PrintableText(subject)
    self.reason = PrintableText(reason)
    self.hint = hint.map { PrintableText($0) }
  }

  /// One or two lines for stderr, without a trailing newline.
  public var description: String {
    "blitz: \(subject): \(reason)" + (hint.map { "\n  hint: \($0)" } ?? "")
  }

  /// The exit status of a command that ends with this error; the table is in `--help`.
  public var exitCode: Int32 {
    switch kind {
    case .usage: 2
    case .cancelled: 130
    case .missingInput, .damagedInput, .unsupported, .limit, .system: 1
    }
  }
}
