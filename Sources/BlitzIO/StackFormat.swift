import BlitzCore

/// One readable format.
///
/// Detection, hints and docs/formats.md are made from `all`; a new format is one more row there.
public struct StackFormat: Sendable {
  /// How a file's first bytes look; nil stands for any byte.
  typealias Signature = [UInt8?]

  /// Opens a file that is a recording by itself.
  typealias Opener =
    @Sendable (_ file: FilePath, _ options: LoadOptions) throws(BlitzError) -> any StackReader

  /// The name in `blitz info`.
  public let name: String
  /// Extensions in lower case, without the dot.
  public let extensions: [String]
  /// What is read of the format, for docs/formats.md.
  public let summary: String
  /// True when a folder of such files is a recording.
  public let isImage: Bool
  /// Any of these tells the format whatever the file is called.
  let signatures: [Signature]
  /// True when the extension decides for a file that begins like none of the formats.
  let trustsName: Bool
  /// Decodes one image from memory; nil when `open` is to be used for images too.
  let codec: ImageCodec?
  /// Opens a file as a stack; nil for images that hold one frame, read through `codec`.
  let open: Opener?

  init(
    name: String, extensions: [String], signatures: [Signature], isImage: Bool, summary: String,
    trustsName: Bool = false, codec: ImageCodec? = nil, open: Opener? = nil
  ) {
    (self.name, self.extensions, self.signatures) = (name, extensions, signatures)
    (self.isImage, self.summary, self.trustsName) = (isImage, summary, trustsName)
    (self.codec, self.open) = (codec, open)
  }

  /// Bytes of a file that detection looks at.
  static let signatureLength = 32

  /// The format of a file: by its first bytes, else by its name.
  static func detect(_ bytes: Span<UInt8>, name: FilePath) -> StackFormat? {
    let head = (0..<min(bytes.count, signatureLength)).map { bytes[$0] }
    return all.first { $0.signatures.contains { matches($0, head) } }
      ?? all.first { $0.trustsName && $0.extensions.contains(name.lowercasedExtension) }
  }

  /// The readable formats by name, for hints.
  static var list: String { all.map(\.name).joined(separator: ", ") }

  private static func matches(_ signature: Signature, _ head: [UInt8]) -> Bool {
    signature.count <= head.count && zip(signature, head).allSatisfy { $0 == nil || $0 == $1 }
  }
}

extension StackFormat {
  /// Every format, in the order in which signatures are tried.
  public static let all = [png, jpeg, tiff, bmp, pnm, webp, npy, video]

  private static let png = StackFormat(
    name: "png", extensions: ["png"],
    signatures: [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    isImage: true,
    summary: "1, 2, 4, 8 and 16 bits; gray, RGB, palette; interlaced; alpha is dropped",
    codec: PNGReader.codec)

  private static let jpeg = StackFormat(
    name: "jpeg", extensions: ["jpg", "jpeg", "jpe", "jfif"], signatures: [[0xff, 0xd8, 0xff]],
    isImage: true,
    summary: "8 bits; gray, colour (gray is the luma plane), baseline and progressive; no CMYK",
    codec: JPEGReader.codec)

  private static let tiff = StackFormat(
    name: "tiff", extensions: ["tif", "tiff", "btf", "tf8"],
    signatures: [
      [0x49, 0x49, 42, 0], [0x4d, 0x4d, 0, 42], [0x49, 0x49, 43, 0], [0x4d, 0x4d, 0, 43],
    ],
    isImage: true,
    summary: """
      pages as a stack, ImageJ and OME axes, BigTIFF; 1, 2 and 4 bits as 0 to 255, 8 to 16, 32 and 64 \
      bits, signed, floating point; gray, RGB, palette; strips, tiles, planes; LZW, Deflate, PackBits, JPEG and others of \
      libtiff; no CMYK
      """,
    open: { (file, _) throws(BlitzError) in try TIFFReader(path: file) })

  private static let bmp = StackFormat(
    name: "bmp", extensions: ["bmp", "dib"], signatures: [[0x42, 0x4d]], isImage: true,
    summary: "1, 4, 8, 16, 24 and 32 bits, run lengths, either row order; through libavcodec",
    codec: StillReader.bmp)

  private static let pnm = StackFormat(
    name: "pnm", extensions: ["pbm", "pgm", "ppm", "pnm"],
    signatures: (0x31...0x36).flatMap { kind in
      [0x20, 0x09, 0x0a, 0x0d, 0x23].map { [0x50, kind, $0] }
    },
    isImage: true,
    summary: "bitmaps, gray and RGB up to 16 bits, text and binary, samples as they stand",
    codec: PNMReader.codec)

  private static let webp = StackFormat(
    name: "webp", extensions: ["webp"],
    signatures: [[0x52, 0x49, 0x46, 0x46, nil, nil, nil, nil, 0x57, 0x45, 0x42, 0x50]],
    isImage: true,
    summary:
      "lossy (gray is the luma plane) and lossless, the first frame of several; through libavcodec",
    codec: StillReader.webp)

  private static let npy = StackFormat(
    name: "npy", extensions: ["npy"], signatures: [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
    isImage: false,
    summary: """
      NumPy arrays (H, W), (T, H, W) and (T, H, W, C) of bool, integers and floats up to 64 bits, \
      both byte orders, C and Fortran order; alpha is dropped; no objects, records, complex numbers
      """,
    open: { (file, _) throws(BlitzError) in try NumPyReader(path: file) })

  private static let video = StackFormat(
    name: "video",
    extensions: [
      "mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "ts", "mts", "m2ts", "wmv", "asf",
      "flv", "ogv", "mxf", "ivf", "y4m", "dv", "3gp", "vob", "gif", "h264", "264", "h265", "hevc",
      "mjpeg", "nut",
    ],
    signatures: [
      [nil, nil, nil, nil, 0x66, 0x74, 0x79, 0x70],  // "ftyp": MP4, MOV
      [nil, nil, nil, nil, 0x6d, 0x6f, 0x6f, 0x76],  // "moov"
      [0x52, 0x49, 0x46, 0x46, nil, nil, nil, nil, 0x41, 0x56, 0x49, 0x20],  // "RIFF", "AVI "
      [0x1a, 0x45, 0xdf, 0xa3],  // EBML: Matroska, WebM
      [0x00, 0x00, 0x01, 0xba], [0x00, 0x00, 0x01, 0xb3],  // MPEG program and picture streams
      [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11],  // ASF
      [0x46, 0x4c, 0x56, 0x01],  // FLV
      [0x4f, 0x67, 0x67, 0x53],  // Ogg
      [0x06, 0x0e, 0x2b, 0x34],  // MXF
      [0x44, 0x4b, 0x49, 0x46],  // IVF
      [0x59, 0x55, 0x56, 0x34, 0x4d, 0x50, 0x45, 0x47],  // "YUV4MPEG"
      [0x47, 0x49, 0x46, 0x38],  // GIF
    ],
    isImage: false,
    summary: """
      containers and codecs of FFmpeg, whose libraries are opened when needed; gray is the luma \
      plane, 8 to 16 bits, limited range expanded; colour as RGB of the same depth
      """,
    trustsName: true,
    open: { (file, options) throws(BlitzError) in
      try VideoReader(path: file, luma: options.luma)
    })
}
