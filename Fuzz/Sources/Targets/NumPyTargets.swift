@testable import BlitzIO
import BlitzCore

extension FuzzTarget {
  static let npyHeader = FuzzTarget(
    name: "npy-header",
    texts: ["{'descr': '<u2', 'fortran_order': False, 'shape': (3, 4, 5), }"].map(header),
    files: ("Images", [".npy"]), longest: 1024
  ) { bytes in
    guard let header = try? NumPyHeader(bytes, path: "a.npy") else { return }
    try require(header.dataOffset <= bytes.count, "data before the header's end")
    try require(header.extents.allSatisfy { $0 >= 0 }, "a negative extent")
    if let size = header.byteCount {
      // Checked in wider arithmetic than the code's own.
      let exact = header.extents.reduce(Double(header.type.byteCount)) { $0 * Double($1) }
      try require(Double(size) == exact || exact > 0x1p53, "\(size) bytes, not \(exact)")
    }
  }

  static let npyFile = FuzzTarget(
    name: "npy-file",
    texts: ["{'descr': '<u2', 'fortran_order': False, 'shape': (1, 2, 3), }"].map {
      header($0) + "abcdefabcdef"
    },
    files: ("Images", [".npy"])
  ) { bytes in
    let file = MemoryFile(bytes)
    guard let reader = try? NumPyReader(path: file.path) else { return }
    let shape = reader.description.shape
    let pixels = shape.frames * shape.rows * shape.columns
    try require(
      pixels * reader.description.sampleType.byteCount <= bytes.count,
      "\(shape) out of \(bytes.count) bytes")
    let frame = DecodedFrame()
    for index in Set([0, shape.frames - 1]) {
      let condition = try reader.decode(index, color: true, into: frame)
      try require(condition == .complete, "a frame inside the file is damaged")
    }
  }

  /// A version 1 header around a dictionary.
  private static func header(_ dictionary: String) -> String {
    // The magic byte 0x93 is no UTF-8 of its own; the runner writes scalars below 256 as bytes.
    "\u{93}NUMPY\u{1}\u{0}\(Unicode.Scalar(UInt8(dictionary.utf8.count)))\u{0}\(dictionary)"
  }
}
