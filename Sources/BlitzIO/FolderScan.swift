import BlitzCore
import Glibc

/// Which files of a folder make up a recording, in their order; no file is opened for that.
///
/// Not recursive. The format is the one most names belong to by their extension, whose case does
/// not matter; the alphabetically first of equals.
struct FolderScan {
  let folder: FilePath
  let format: StackFormat
  /// Names of regular files, or of links to such, in natural order.
  let names: FileNames
  /// Names of the format that are something else.
  let skipped: [SkippedInput]

  /// O(n log n) in the number of names.
  init(_ folder: FilePath) throws(BlitzError) {
    self.folder = folder
    let entries = try FolderEntries(of: folder)
    let rows = Self.formatRows(of: entries.names)
    format = try Self.winner(rows, of: entries.names, in: folder)
    var (accepted, skipped) = ([Int](), [SkippedInput]())
    for (position, row) in rows.enumerated() where row >= 0 {
      guard StackFormat.all[row].name == format.name else { continue }
      let file = folder.appending(entries.names[position])
      if Self.isRegular(entries.kinds[position], file) {
        accepted.append(position)
      } else {
        skipped.append(SkippedInput(file: file, reason: "not a regular file"))
      }
    }
    let candidates = entries.names.picking(accepted)
    names = candidates.picking(candidates.naturalOrder())
    self.skipped = skipped.sorted {
      NaturalOrder.precedes($0.file.bytes[...], $1.file.bytes[...])
    }
    guard !names.isEmpty else {
      throw BlitzError(.missingInput, folder.description, "holds no regular \(format.name) file")
    }
  }

  /// For each name its row in the registry, or -1.
  private static func formatRows(of names: FileNames) -> [Int] {
    var rows: [UInt64: Int] = [:]
    for (row, format) in StackFormat.all.enumerated() {
      for suffix in format.extensions { rows[packed(Array(suffix.utf8)[...])] = row }
    }
    return names.map { name in
      guard let dot = name.lastIndex(of: 0x2e), name.endIndex - dot <= 9 else { return -1 }
      return rows[packed(name[(dot + 1)...])] ?? -1
    }
  }

  /// An extension of up to eight bytes as a number, in lower case.
  private static func packed(_ suffix: ArraySlice<UInt8>) -> UInt64 {
    suffix.reduce(0) { $0 << 8 | UInt64(0x41...0x5a ~= $1 ? $1 | 0x20 : $1) }
  }

  private static func winner(
    _ rows: [Int], of names: FileNames, in folder: FilePath
  ) throws(BlitzError) -> StackFormat {
    var counts = [Int](repeating: 0, count: StackFormat.all.count)
    for row in rows where row >= 0 { counts[row] += 1 }
    let images = counts.indices.filter { counts[$0] > 0 && StackFormat.all[$0].isImage }
    let best = images.max {
      (counts[$0], StackFormat.all[$1].name) < (counts[$1], StackFormat.all[$0].name)
    }
    if let best { return StackFormat.all[best] }
    guard let row = rows.firstIndex(where: { $0 >= 0 }) else {
      let known = StackFormat.all.filter(\.isImage).map(\.name).joined(separator: ", ")
      throw BlitzError(
        .missingInput, folder.description, "holds no image files",
        hint: "a folder recording is one of \(known); other folders inside are not looked into")
    }
    throw BlitzError(
      .usage, folder.description, "holds \(StackFormat.all[rows[row]].name) files and no images",
      hint: "open one of them: \(folder.appending(names[row]))")
  }

  private static func isRegular(_ kind: FolderEntries.Kind, _ file: FilePath) -> Bool {
    switch kind {
    case .regular: return true
    case .other: return false
    case .link, .unknown:
      var status = stat()
      return unsafe file.withCString { unsafe stat($0, &status) } == 0
        && status.st_mode & S_IFMT == S_IFREG
    }
  }
}
