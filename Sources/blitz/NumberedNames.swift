import BlitzCore
import BlitzIO

/// Names of a sequence of files in a folder, such as `DIR/frame%05d.png`.
struct NumberedNames {
  /// The folder that holds them.
  let folder: FilePath

  private let prefix, suffix: [UInt8]
  private let width: Int

  /// Reads a path whose last part holds one `%d` or `%0Nd`; nil for any other.
  init?(_ path: FilePath) {
    let name = Array(path.name)
    guard let percent = name.firstIndex(of: UInt8(ascii: "%")),
      let end = name[percent...].firstIndex(of: UInt8(ascii: "d"))
    else { return nil }
    let digits = name[(percent + 1)..<end]
    let suffix = name[(end + 1)...]
    guard digits.count <= 3, digits.allSatisfy({ 0x30...0x39 ~= $0 }),
      digits.isEmpty || digits.first == 0x30, !suffix.contains(UInt8(ascii: "%"))
    else { return nil }
    width = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard width <= 32 else { return nil }
    (folder, prefix, self.suffix) = (path.folder, Array(name[..<percent]), Array(suffix))
  }

  /// Refuses the recording itself, and a folder that is there unless `force` is true.
  func check(force: Bool, input: FilePath) throws(BlitzError) {
    let kind = FileKind(folder)
    if kind.isSameFile(as: FileKind(input)) {
      throw BlitzError(
        .usage, folder.description, "is the recording itself",
        hint: "recordings are never written to: choose another folder")
    }
    if kind.form != .missing, !force {
      throw BlitzError(
        .system, folder.description, "exists already", hint: "--force writes into it")
    }
  }

  /// The name for a number.
  func name(_ number: Int) -> [UInt8] {
    let digits = Array(String(number).utf8)
    let zeros = [UInt8](repeating: 0x30, count: max(width - digits.count, 0))
    return prefix + zeros + digits + suffix
  }
}
