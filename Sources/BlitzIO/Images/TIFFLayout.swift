import BlitzCore

/// The samples of an uncompressed page that lie in one piece.
struct TIFFLayout {
  private let one: SampleLayout

  /// A page that can be read in place; nil when it must be decoded.
  init?(_ page: TIFFDirectory, _ bytes: TIFFBytes) {
    let channels = page.number(.samplesPerPixel) ?? 1
    let bits = Set(page.numbers(.bitsPerSample) ?? [1])
    let format = Set(page.numbers(.sampleFormat) ?? [1])
    guard page.number(.compression) ?? 1 == 1, page.number(.fillOrder) ?? 1 == 1,
      // White as zero, palettes and other colours are left to the decoder.
      1...2 ~= page.number(.photometric) ?? 1, bits.count == 1, format.count == 1,
      let type = Self.sampleType(bits: bits.first ?? 0, format: format.first ?? 0),
      let rows = page.number(.height), let columns = page.number(.width),
      let shape = StackShape(frames: 1, rows: rows, columns: columns, channels: channels),
      let offset = Self.start(page, shape: shape, sampleSize: type.byteCount)
    else { return nil }
    one =
      page.number(.planarConfiguration) == 2
      ? SampleLayout(planar: shape, type: type, isSwapped: bytes.isSwapped, offset: offset)
      : SampleLayout(shape: shape, type: type, isSwapped: bytes.isSwapped, offset: offset)
    guard one.end <= bytes.count else { return nil }
  }

  /// One plane of a layout.
  init(_ planes: SampleLayout) { one = planes }

  /// Where its samples begin.
  var offset: Int { one.offset }

  /// True when another page is stored alike, wherever it begins.
  func isLike(_ other: TIFFLayout) -> Bool {
    one.shape == other.one.shape && one.type == other.one.type
      && one.channelStride == other.one.channelStride
  }

  /// The same for frames at even distances; they must lie in the file.
  func repeated(frames: Int, stride: Int) -> SampleLayout? {
    one.shape.with(frames: frames).map { SampleLayout(one, shape: $0, frameStride: stride) }
  }

  /// Planes behind each other without gaps: as many of `claimed` as the file holds.
  func planes(_ claimed: Int, in bytes: TIFFBytes) -> SampleLayout? {
    let size = one.shape.frameSize * one.type.byteCount
    return repeated(frames: min(claimed, (bytes.count - offset) / size), stride: size)
  }

  /// The type of a TIFF sample; `format` is 1 for unsigned, 2 for signed, 3 for floating point.
  static func sampleType(bits: Int, format: Int) -> SampleType? {
    switch (format, bits) {
    case (1, 8), (4, 8): .u8
    case (1, 16), (4, 16): .u16
    case (1, 32), (4, 32): .u32
    case (1, 64), (4, 64): .u64
    case (2, 8): .i8
    case (2, 16): .i16
    case (2, 32): .i32
    case (2, 64): .i64
    case (3, 16): .f16
    case (3, 32): .f32
    case (3, 64): .f64
    default: nil
    }
  }

  /// Where a page's strips begin when each follows the one before it; nil for gaps and for tiles.
  private static func start(_ page: TIFFDirectory, shape: StackShape, sampleSize: Int) -> Int? {
    guard let offsets = page.numbers(.stripOffsets), let first = offsets.first, first > 0 else {
      return nil
    }
    let isPlanar = page.number(.planarConfiguration) == 2
    let row = shape.columns * sampleSize * (isPlanar ? 1 : shape.channels)
    let height = min(max(page.number(.rowsPerStrip) ?? shape.rows, 1), shape.rows)
    let perPlane = (shape.rows + height - 1) / height
    guard offsets.count == perPlane * (isPlanar ? shape.channels : 1) else { return nil }
    for (strip, offset) in offsets.enumerated() {
      let rows = strip / perPlane * shape.rows + strip % perPlane * height
      let (place, overflow) = first.addingReportingOverflow(rows * row)
      guard !overflow, offset == place else { return nil }
    }
    return first
  }
}
