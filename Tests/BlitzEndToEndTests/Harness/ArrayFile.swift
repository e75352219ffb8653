import BlitzTestSupport

/// A `.npy` file of bytes, frame by frame, row by row.
struct ArrayFile {
  let path: String
  let frames, rows, columns: Int

  /// Writes frames whose samples are known by place.
  init(
    in folder: TemporaryFolder, named name: String = "run.npy", frames: Int, rows: Int,
    columns: Int,
    value: (_ frame: Int, _ row: Int, _ column: Int) -> UInt8
  ) {
    (self.frames, self.rows, self.columns) = (frames, rows, columns)
    let text =
      "{'descr': '|u1', 'fortran_order': False, 'shape': (\(frames), \(rows), \(columns)), }"
    let padding = 63 - (10 + text.utf8.count) % 64
    let header = text + String(repeating: " ", count: padding) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY\u{1}\u{0}".utf8)
    bytes += [UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8)] + Array(header.utf8)
    bytes.reserveCapacity(bytes.count + frames * rows * columns)
    for frame in 0..<frames {
      for row in 0..<rows { for column in 0..<columns { bytes.append(value(frame, row, column)) } }
    }
    path = folder.write(bytes, to: name)
  }
}
