@testable import BlitzIO
import BlitzCore

extension FuzzTarget {
  /// Our own walk through the directories, and what is read of each.
  static let tiffPages = FuzzTarget(name: "tiff-pages", files: ("TIFF", [".tif"])) { bytes in
    guard !bytes.isEmpty, let map = try? MappedFile(path: MemoryFile(bytes).path),
      let numbers = TIFFBytes(map)
    else { return }
    let pages = TIFFPages(numbers, limit: 1000)
    try require(pages.offsets.count <= 1000, "more pages than the limit")
    try require(Set(pages.offsets).count == pages.offsets.count, "a page twice")
    for offset in pages.offsets.prefix(20) {
      guard let directory = TIFFDirectory(numbers, at: offset) else {
        throw Violation("a page at \(offset) that is none")
      }
      let text = directory.text(.description) ?? ""
      let axes = TIFFAxes(description: text, planes: pages.offsets.count, channels: 1)
      try require(axes.frames >= 1 && axes.stride >= 1, "\(axes)")
      try require(
        (axes.frames - 1) * axes.stride < pages.offsets.count, "planes beyond the last page")
      if let layout = TIFFLayout(directory, numbers) {
        try require(0...bytes.count ~= layout.offset, "samples outside the file")
      }
    }
  }

  /// The whole reader, libtiff included.
  static let tiffFile = FuzzTarget(name: "tiff-file", files: ("TIFF", [".tif"])) { bytes in
    let file = MemoryFile(bytes)
    guard let reader = try? TIFFReader(path: file.path) else { return }
    let shape = reader.description.shape
    _ = reader.layout()
    guard shape.frameSize <= 1 << 18 else { return }
    let frame = DecodedFrame()
    for index in Set([0, shape.frames / 2, shape.frames - 1]) {
      _ = try reader.decode(index, color: true, into: frame)
    }
  }
}
