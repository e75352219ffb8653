/// Makes the check sums of a PNG file's chunks right, so that changes reach the decoder behind them.
enum PNGRepair {
  static func mended(_ file: [UInt8]) -> [UInt8] {
    var file = file
    var start = 8
    while start + 12 <= file.count {
      let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= file.count - start - 12 else { break }
      let end = start + 8 + length
      let sum = crc32(file[(start + 4)..<end])
      for i in 0..<4 { file[end + i] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * i)) }
      start = end + 4
    }
    return file
  }

  private static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { remainder, byte in
      (0..<8).reduce(remainder ^ UInt32(byte)) { value, _ in
        value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0)
      }
    }
  }
}
