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
  /// Decodes one image from memory; nil when `open` is to be used for images too.
  let codec: ImageCodec?
  /// Opens a file as a stack; nil for images that hold one frame, read through `codec`.
  let open: Opener?

  init(
    name: String, extensions: [String], signatures: [Signature], isImage: Bool, summary: String,
    codec: ImageCodec? = nil, open: Opener? = nil
  ) {
    (self.name, self.extensions, self.signatures) = (name, extensions, signatures)
    (self.isImage, self.summary, self.codec, self.open) = (isImage, summary, codec, open)
  }

  /// Bytes of a file that detection looks at.
  static let signatureLength = 32

  /// The format of a file: by its first bytes, else by its name.
  static func detect(_ bytes: Span<UInt8>, name: FilePath) -> StackFormat? {
    let head = (0..<min(bytes.count, signatureLength)).map { bytes[$0] }
    return all.first { $0.signatures.contains { matches($0, head) } }
      ?? all.first { $0.signatures.isEmpty && $0.extensions.contains(name.lowercasedExtension) }
  }

  /// The readable formats by name, for hints.
  static var list: String { all.map(\.name).joined(separator: ", ") }

  private static func matches(_ signature: Signature, _ head: [UInt8]) -> Bool {
    signature.count <= head.count && zip(signature, head).allSatisfy { $0 == nil || $0 == $1 }
  }
}

extension StackFormat {
  /// Every format, in the order in which signatures are tried.
  public static let all = [png, jpeg, tiff, npy]

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
      pages as a stack, ImageJ and OME axes, BigTIFF; 1 to 16, 32 and 64 bits, signed, floating \
      point; gray, RGB, palette; strips, tiles, planes; LZW, Deflate, PackBits, JPEG and others of \
      libtiff; no CMYK
      """,
    open: { (file, _) throws(BlitzError) in try TIFFReader(path: file) })

  private static let npy = StackFormat(
    name: "npy", extensions: ["npy"], signatures: [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
    isImage: false,
    summary: """
      NumPy arrays (H, W), (T, H, W) and (T, H, W, C) of bool, integers and floats up to 64 bits, \
      both byte orders, C and Fortran order; alpha is dropped; no objects, records, complex numbers
      """,
    open: { (file, _) throws(BlitzError) in try NumPyReader(path: file) })
}
