import BlitzCore
import BlitzIO

/// Where a result goes, checked before any work is done.
struct Destination {
  /// What is written, told by the name's ending.
  enum Format: String, CaseIterable {
    case npy, png, tif, csv, mp4

    /// The format that a name's ending stands for.
    init?(_ path: FilePath) {
      self.init(rawValue: path.lowercasedExtension == "tiff" ? "tif" : path.lowercasedExtension)
    }
  }

  /// Nil is standard output.
  let path: FilePath?
  let format: Format
  private var overwrites: Bool

  /// Reads `-o`.
  ///
  /// - Parameters:
  ///   - formats: Those the command can write; the first is what `-` gets.
  ///   - input: The recording, which is never written to.
  /// - Throws: `usage` for a name that stands for none of them, `system` for a file that exists and
  ///   is not to be overwritten.
  init(
    _ text: String, formats: [Format], force: Bool, input: FilePath
  ) throws(BlitzError) {
    guard text == "-" else {
      try self.init(
        PathArgument(argument: text).location, formats: formats, force: force, input: input)
      return
    }
    self.init(path: nil, formats[0], overwrites: force)
  }

  /// As above, for a path.
  init(
    _ path: FilePath, formats: [Format], force: Bool, input: FilePath
  ) throws(BlitzError) {
    guard let format = Format(path), formats.contains(format) else {
      let list = formats.map { ".\($0.rawValue)" }.joined(separator: ", ")
      throw BlitzError(
        .usage, path.description, "is no format that can be written here",
        hint: "end the name in \(list)")
    }
    try Self.check(path, force: force, input: input)
    self.init(path: path, format, overwrites: force)
  }

  private init(path: FilePath?, _ format: Format, overwrites: Bool) {
    (self.path, self.format, self.overwrites) = (path, format, overwrites)
  }

  /// The same place, where a file that exists may be replaced or not.
  func replacing(_ isAllowed: Bool) -> Destination {
    var copy = self
    copy.overwrites = isAllowed
    return copy
  }

  /// Opens the output; nothing has its name before it is committed.
  func open() throws(BlitzError) -> AtomicOutput {
    guard let path else { return try AtomicOutput(standardOutput: ()) }
    return try AtomicOutput(path, force: overwrites)
  }

  /// Writes all of it, or nothing.
  func write(_ bytes: [UInt8]) throws(BlitzError) {
    let output = try open()
    try output.write(bytes.span)
    try output.commit()
  }

  /// Refuses what would destroy the recording or a file that the person did not name for that.
  private static func check(_ path: FilePath, force: Bool, input: FilePath) throws(BlitzError) {
    let target = FileKind(path)
    if target.form == .folder {
      throw BlitzError(.usage, path.description, "is a folder", hint: "name a file in it")
    }
    guard target.form == .regular else { return }
    let source = FileKind(input)
    if target.isSameFile(as: source) || FileKind(path.folder).isSameFile(as: source) {
      throw BlitzError(
        .usage, path.description, "is the recording itself or part of it",
        hint: "recordings are never written to: choose another name")
    }
    if !force {
      throw BlitzError(
        .system, path.description, "exists already", hint: "--force overwrites it")
    }
  }
}
