import BlitzCore

/// Netpbm files P1 to P6: bitmaps, gray and RGB of up to 16 bits, as text or binary.
///
/// Samples are the file's numbers, whatever its largest value is; of a bitmap, white is 255.
enum PNMReader {
  static let codec = ImageCodec(
    header: { (bytes) throws(ImageProblem) in try PNMHeader(bytes).image }, decode: decode)

  @Sendable private static func decode(
    _ bytes: Span<UInt8>, _ request: DecodeRequest, into frame: DecodedFrame
  ) -> FrameCondition {
    do throws(ImageProblem) {
      let header = try PNMHeader(bytes)
      frame.prepare(header.image, isSwapped: header.image.type == .u16 && !isBigEndian)
      frame.white = Float(header.top)
      try frame.withMutableBytes { (samples) throws(ImageProblem) in
        switch (header.isBitmap, header.isText) {
        case (true, false): try unpack(bytes, header, into: &samples)
        case (_, true): try parse(bytes, header, into: &samples)
        default: try copy(bytes, header, into: &samples)
        }
      }
      return .complete
    } catch {
      frame.report.problem = error.reason
      return .damaged
    }
  }

  /// Binary samples, most significant byte first, which is how they are handed on.
  private static func copy(
    _ bytes: Span<UInt8>, _ header: PNMHeader, into samples: inout MutableSpan<UInt8>
  ) throws(ImageProblem) {
    guard bytes.count - header.end >= samples.count else { throw .shortSamples }
    for i in samples.indices { samples[i] = bytes[header.end + i] }
  }

  /// Eight pixels a byte, rows begin a new byte, a set bit is black.
  private static func unpack(
    _ bytes: Span<UInt8>, _ header: PNMHeader, into samples: inout MutableSpan<UInt8>
  ) throws(ImageProblem) {
    let columns = header.image.columns
    let stride = (columns + 7) / 8
    guard bytes.count - header.end >= stride * header.image.rows else { throw .shortSamples }
    for i in samples.indices {
      let (y, x) = i.quotientAndRemainder(dividingBy: columns)
      let isBlack = bytes[header.end + y * stride + x / 8] << (x % 8) & 0x80 != 0
      samples[i] = isBlack ? 0 : 255
    }
  }

  /// Netpbm's own order of bytes, in which text is written too.
  private static let isBigEndian = UInt16(1).bigEndian == 1

  /// Numbers as text; the digits of a bitmap need nothing between them.
  private static func parse(
    _ bytes: Span<UInt8>, _ header: PNMHeader, into samples: inout MutableSpan<UInt8>
  ) throws(ImageProblem) {
    var text = PNMText(position: header.end)
    let size = header.image.type.byteCount
    for i in 0..<samples.count / size {
      let digits = header.isBitmap ? 1 : 5
      guard let value = text.number(bytes, digits: digits),
        value <= (header.isBitmap ? 1 : header.top)
      else {
        throw .shortSamples
      }
      if header.isBitmap {
        samples[i] = value == 0 ? 255 : 0
      } else if size == 1 {
        samples[i] = UInt8(truncatingIfNeeded: value)
      } else {
        samples[2 * i] = UInt8(truncatingIfNeeded: value >> 8)
        samples[2 * i + 1] = UInt8(truncatingIfNeeded: value)
      }
    }
  }
}

/// What stands before the samples of a Netpbm file.
private struct PNMHeader {
  let image: ImageHeader
  let isText, isBitmap: Bool
  /// The largest sample value: 255 for bitmaps.
  let top: Int
  /// Where samples begin.
  let end: Int

  init(_ bytes: Span<UInt8>) throws(ImageProblem) {
    guard bytes.count > 2, bytes[0] == 0x50, 0x31...0x36 ~= bytes[1] else { throw .short }
    let kind = Int(bytes[1]) - 0x30
    (isText, isBitmap) = (kind <= 3, kind % 3 == 1)
    var text = PNMText(position: 2)
    guard let columns = text.number(bytes), let rows = text.number(bytes),
      let top = isBitmap ? 255 : text.number(bytes), rows > 0, columns > 0, top > 0
    else { throw .short }
    guard rows <= 1 << 16, columns <= 1 << 16, rows * columns <= ImageCodec.pixelLimit else {
      throw ImageProblem(kind: .limit, reason: "\(columns)x\(rows) pixels are too many")
    }
    guard top < 1 << 16 else {
      throw ImageProblem(kind: .unsupported, reason: "has more than 16 bits a sample")
    }
    (self.top, end) = (top, text.position + 1)
    image = ImageHeader(
      rows: rows, columns: columns, channels: kind % 3 == 0 ? 3 : 1, type: top < 256 ? .u8 : .u16)
  }
}

/// The text of a Netpbm file: natural numbers, white space, and comments from `#` to a line's end.
private struct PNMText {
  /// Behind what was read.
  var position: Int

  /// The next number of at most `digits` digits; nil when there is none or it goes on.
  mutating func number(_ bytes: Span<UInt8>, digits: Int = 7) -> Int? {
    skipSpace(bytes)
    var (value, count) = (0, 0)
    while position < bytes.count, count < digits, 0x30...0x39 ~= bytes[position] {
      value = 10 * value + Int(bytes[position] - 0x30)
      position += 1
      count += 1
    }
    let goesOn = digits > 1 && position < bytes.count && 0x30...0x39 ~= bytes[position]
    return count > 0 && !goesOn ? value : nil
  }

  private mutating func skipSpace(_ bytes: Span<UInt8>) {
    var isComment = false
    while position < bytes.count {
      switch bytes[position] {
      case 0x0a, 0x0d: isComment = false
      case 0x23: isComment = true
      case 0x20, 0x09, 0x0b, 0x0c: break
      default: if !isComment { return }
      }
      position += 1
    }
  }
}

extension ImageProblem {
  fileprivate static let shortSamples = ImageProblem(
    kind: .damagedInput, reason: "ends before its samples do, or they are no numbers")
}
