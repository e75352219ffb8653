/// The least TIFF file there is with a description: 8 x 8 pixels of a byte.
enum TIFFCarrier {
  static func bytes(description: [UInt8]) -> [UInt8] {
    let text = description + [0]
    let entries: [(tag: Int, type: Int, count: Int, value: Int)] = [
      (256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
      (270, 2, max(text.count, 5), 74), (273, 4, 1, 8), (277, 3, 1, 1), (278, 3, 1, 8),
      (279, 4, 1, 64),
    ]
    // The pixels, the description padded so that it never fits into its entry, then the directory.
    let padded = text + Array(repeating: 0, count: max(5 - text.count, 0))
    let directory = 74 + padded.count
    var bytes: [UInt8] = [0x49, 0x49, 42, 0] + little(directory, 4)
    bytes += Array(0..<64) + [0, 0] + padded
    bytes += little(entries.count, 2)
    for entry in entries {
      bytes += little(entry.tag, 2) + little(entry.type, 2) + little(entry.count, 4)
      bytes += little(entry.value, 4)
    }
    return bytes + little(0, 4)
  }
}

/// A NumPy file whose element type is any text.
enum NumPyCarrier {
  static func bytes(type: [UInt8]) -> [UInt8] {
    let dictionary =
      Array("{'descr': '".utf8) + type + Array("', 'fortran_order': False, 'shape': (1,), }\n".utf8)
    return [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0] + little(dictionary.count, 2) + dictionary
      + [0, 0, 0, 0]
  }
}

/// A number of some bytes, least significant first.
private func little(_ value: Int, _ size: Int) -> [UInt8] {
  (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}
