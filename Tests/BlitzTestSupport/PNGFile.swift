/// Writes small PNG files from samples, sharing no code with the readers under test.
///
/// The image data is stored, not compressed: one deflate block for at most 65,535 bytes, as RFC 1950
/// and RFC 1951 allow, so that nothing but a checksum is computed.
public struct PNGFile: Sendable {
  /// What a sample is; the raw values are PNG's colour types.
  public enum Colour: UInt8, Sendable { case gray = 0, rgb = 2 }

  /// The whole file.
  public let bytes: [UInt8]

  /// Encodes `width` x `height` pixels, row by row, channels interleaved.
  ///
  /// - Parameters:
  ///   - samples: Codes below `1 << depth`; their count is the product of the extents.
  ///   - depth: Bits per sample, 8 or 16.
  ///   - text: A comment stored in a tEXt chunk, as any bytes.
  public init(
    width: Int, height: Int, samples: [UInt16], depth: UInt8 = 8, colour: Colour = .gray,
    text: [UInt8] = []
  ) {
    let channels = colour == .rgb ? 3 : 1
    precondition(samples.count == width * height * channels && (depth == 8 || depth == 16))
    var rows: [UInt8] = []
    for y in 0..<height {
      rows.append(0)  // filter: none
      for sample in samples[y * width * channels..<(y + 1) * width * channels] {
        if depth == 16 { rows.append(UInt8(sample >> 8)) }
        rows.append(UInt8(sample & 0xff))
      }
    }
    let header =
      UInt32(width).bigEndianBytes + UInt32(height).bigEndianBytes
      + [depth, colour.rawValue, 0, 0, 0]
    bytes =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Self.chunk("IHDR", header)
      + (text.isEmpty ? [] : Self.chunk("tEXt", Array("Comment\0".utf8) + text))
      + Self.chunk("IDAT", Self.stored(rows)) + Self.chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + data
    return UInt32(data.count).bigEndianBytes + checked + crc32(checked).bigEndianBytes
  }

  /// Recomputes the check sum of every chunk, so that a change inside reaches the decoder.
  public static func mendCheckSums(_ file: inout [UInt8]) {
    var start = 8
    while start + 12 <= file.count {
      let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = start + 8 + length
      guard end + 4 <= file.count else { return }
      file.replaceSubrange(end..<end + 4, with: crc32(Array(file[start + 4..<end])).bigEndianBytes)
      start = end + 4
    }
  }

  private static func stored(_ data: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: max(data.count, 1), by: 0xffff) {
      let block = data[start..<min(start + 0xffff, data.count)]
      let length = UInt16(block.count)
      stream.append(block.endIndex == data.count ? 1 : 0)
      for word in [length, ~length] { stream += [UInt8(word & 0xff), UInt8(word >> 8)] }
      stream += block
    }
    return stream + adler32(data).bigEndianBytes
  }

  private static func crc32(_ data: [UInt8]) -> UInt32 {
    var remainder: UInt32 = ~0
    for byte in data {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~remainder
  }

  private static func adler32(_ data: [UInt8]) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in data {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return high << 16 | low
  }
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}
