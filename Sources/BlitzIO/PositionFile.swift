public import BlitzCore
import Glibc

/// Where people left recordings: one file of the user's own, a line for each recording, newest last.
///
/// A line is the recording's path in hexadecimal digits, a space, and text without line ends. What
/// does not look like that is passed over.
public struct PositionFile: Sendable {
  private let folder: FilePath

  /// Lines that are kept, and the most bytes that are read.
  static let lineLimit = 200
  static let byteLimit = 1 << 20
  /// Longest text of a line.
  static let textLimit = 1 << 13

  /// The file in `$XDG_STATE_HOME/blitz`, else in `~/.local/state/blitz`.
  ///
  /// - Throws: `system` when neither variable names an absolute path.
  public init(environment: [String: String]) throws(BlitzError) {
    func variable(_ name: String) -> FilePath? {
      environment[name].flatMap { $0.hasPrefix("/") ? FilePath($0) : nil }
    }
    let base =
      variable("XDG_STATE_HOME")
      ?? variable("HOME")?.appending(".local".utf8).appending("state".utf8)
    guard let base else {
      throw BlitzError(
        .system, "position", "has no place: HOME is not set", hint: "set HOME or XDG_STATE_HOME")
    }
    folder = base.appending("blitz".utf8)
  }

  /// What was remembered of a recording; nil when there is nothing, or nothing that can be trusted.
  public func text(of recording: FilePath) -> String? {
    let key = Self.key(recording)
    return lines().last { $0.key == key }?.text
  }

  /// Remembers a recording in place of what was known of it; the oldest of many are forgotten.
  ///
  /// - Parameter text: One line; what is longer than 8 KiB is refused.
  /// - Throws: `system` when the file cannot be written, `limit` for a text that is too long.
  public func remember(_ text: String, of recording: FilePath) throws(BlitzError) {
    guard text.utf8.count <= Self.textLimit, !text.utf8.contains(0x0A) else {
      throw BlitzError(.limit, "position", "is too long to remember")
    }
    try prepare()
    let key = Self.key(recording)
    let kept = lines().filter { $0.key != key }.suffix(Self.lineLimit - 1)
    let document = (kept + [(key: key, text: text)]).map { "\($0.key) \($0.text)\n" }.joined()
    let output = try AtomicOutput(file, force: true, mode: 0o600)
    try output.write(Array(document.utf8).span)
    try output.commit()
  }

  private var file: FilePath { folder.appending("positions".utf8) }

  private func lines() -> [(key: String, text: String)] {
    guard CacheFolder.isOwn(file) else { return [] }
    let bytes = FileBytes()
    guard (try? bytes.load(file, prefix: Self.byteLimit)) != nil else { return [] }
    let text = bytes.withBytes { span in
      String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
    }
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[1].utf8.count <= Self.textLimit,
        parts[0].utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 })
      else { return nil }
      return (String(parts[0]), String(parts[1]))
    }
  }

  /// Makes the folder where it is missing, for this user alone.
  private func prepare() throws(BlitzError) {
    for path in [folder.folder.folder, folder.folder, folder] {
      _ = unsafe path.withCString { unsafe mkdir($0, 0o700) }
    }
    guard CacheFolder.isOwn(folder, S_IFDIR) else {
      throw BlitzError(
        .system, folder.description, "is not there, or others can write to it",
        hint: "chmod 700 it, or set XDG_STATE_HOME")
    }
  }

  /// The path without links and dots, as digits: no byte of it can end a line.
  private static func key(_ recording: FilePath) -> String {
    recording.resolved.bytes.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
