import BlitzCore
import CCodecShims

/// BMP and WebP files through libavcodec, which is opened at the first of them.
///
/// Gray of a lossy WebP is its luma plane, expanded to the full range; palettes are looked up.
enum StillReader {
  static let bmp = codec(BLZ_STILL_BMP, BMPHeader.read)
  static let webp = codec(BLZ_STILL_WEBP, WebPHeader.read)

  private static func codec(
    _ format: blz_still_format,
    _ header: @escaping @Sendable (Span<UInt8>) throws(ImageProblem) -> StillHeader
  ) -> ImageCodec {
    ImageCodec(
      header: { (bytes) throws(ImageProblem) in
        guard blz_ffmpeg_ready() != 0 else { throw CodecLibraries.missing }
        return try header(bytes).image
      },
      decode: { bytes, request, frame in
        guard let header = try? header(bytes), header.end <= bytes.count else {
          frame.report.problem = "the file is cut short"
          return .damaged
        }
        return decode(format, bytes, header.image, request, into: frame)
      })
  }

  private static func decode(
    _ format: blz_still_format, _ bytes: Span<UInt8>, _ header: ImageHeader,
    _ request: DecodeRequest, into frame: DecodedFrame
  ) -> FrameCondition {
    let decoded = unsafe bytes.withUnsafeBufferPointer { file in
      unsafe blz_still_decode(format, file.baseAddress, file.count)
    }
    guard let decoded = unsafe decoded else {
      frame.report.problem = CodecLibraries.message ?? "it cannot be decoded"
      return .damaged
    }
    let picture = unsafe CodecPicture(owning: decoded)
    guard Int(picture.layout.rows) == header.rows, Int(picture.layout.columns) == header.columns,
      picture.layout.is_damaged == 0,
      picture.write(color: request.color, luma: .expand, into: frame)
    else {
      frame.report.problem = "its picture is short or corrupt"
      return .damaged
    }
    return .complete
  }
}

/// What the first bytes of a picture tell, and libavcodec does not check.
struct StillHeader {
  let image: ImageHeader
  /// Where the file must not end before.
  let end: Int

  /// Pictures come as RGB of 8 bits unless they are gray; extents of nothing are refused.
  fileprivate init(rows: Int, columns: Int, end: Int) throws(ImageProblem) {
    guard rows > 0, columns > 0 else {
      throw ImageProblem(kind: .damagedInput, reason: "says that it has no pixels")
    }
    guard rows <= 1 << 16, columns <= 1 << 16 else {
      throw ImageProblem(
        kind: .limit, reason: "\(columns)x\(rows) pixels are more than 65536 along an edge")
    }
    image = ImageHeader(rows: rows, columns: columns, channels: 3, type: .u8)
    self.end = end
  }
}

/// The headers of BMP files, of Windows and of OS/2.
enum BMPHeader {
  static func read(_ bytes: Span<UInt8>) throws(ImageProblem) -> StillHeader {
    guard bytes.count >= 26 else { throw .short }
    let offset = bytes.number(at: 10, bytes: 4)
    if bytes.number(at: 14, bytes: 4) == 12 {
      let (columns, rows) = (bytes.number(at: 18, bytes: 2), bytes.number(at: 20, bytes: 2))
      let size = sampleBytes(rows, columns, bits: bytes.number(at: 24, bytes: 2))
      return try StillHeader(rows: rows, columns: columns, end: offset + size)
    }
    guard bytes.count >= 38 else { throw .short }
    // Height is negative when rows are stored from the top.
    let rows = abs(Int(Int32(truncatingIfNeeded: bytes.number(at: 22, bytes: 4))))
    let columns = bytes.number(at: 18, bytes: 4)
    let isPacked = 1...2 ~= bytes.number(at: 30, bytes: 4)
    let size =
      isPacked
      ? bytes.number(at: 34, bytes: 4)
      : sampleBytes(rows, columns, bits: bytes.number(at: 28, bytes: 2))
    return try StillHeader(rows: rows, columns: columns, end: offset + size)
  }

  /// Rows end at multiples of four bytes. No product of the fields overflows.
  private static func sampleBytes(_ rows: Int, _ columns: Int, bits: Int) -> Int {
    guard rows <= 1 << 16, columns <= 1 << 16 else { return 0 }
    return (columns * bits + 31) / 32 * 4 * rows
  }
}

/// The headers of WebP files: lossy, lossless and extended.
enum WebPHeader {
  static func read(_ bytes: Span<UInt8>) throws(ImageProblem) -> StillHeader {
    guard bytes.count >= 30 else { throw .short }
    let end = 8 + bytes.number(at: 4, bytes: 4)
    let kind = String(decoding: (12..<16).map { bytes[$0] }, as: UTF8.self)
    switch kind {
    case "VP8 ":
      return try StillHeader(
        rows: bytes.number(at: 28, bytes: 2) & 0x3fff,
        columns: bytes.number(at: 26, bytes: 2) & 0x3fff, end: end)
    case "VP8L":
      let packed = bytes.number(at: 21, bytes: 4)
      return try StillHeader(
        rows: (packed >> 14 & 0x3fff) + 1, columns: (packed & 0x3fff) + 1, end: end)
    case "VP8X":
      return try StillHeader(
        rows: bytes.number(at: 27, bytes: 3) + 1, columns: bytes.number(at: 24, bytes: 3) + 1,
        end: end)
    default:
      throw ImageProblem(kind: .damagedInput, reason: "begins with an unknown part")
    }
  }
}

extension ImageProblem {
  /// There is less than a header.
  static let short = ImageProblem(kind: .damagedInput, reason: "ends within its header")
}

extension Span<UInt8> {
  /// A number of up to 4 bytes, least significant first; the caller has checked that it is there.
  fileprivate func number(at start: Int, bytes: Int) -> Int {
    (0..<bytes).reduce(0) { $0 | Int(self[start + $1]) << (8 * $1) }
  }
}
