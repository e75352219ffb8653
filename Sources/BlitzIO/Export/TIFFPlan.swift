import BlitzCore

/// Where everything of a TIFF file goes, known before its first byte is written.
struct TIFFPlan {
  let shape: StackShape
  let type: SampleType
  let isBig: Bool

  private let summary: String
  /// The samples, the description behind them, and the directories of all pages but the first.
  private let dataStart, dataEnd, textStart, tail: Int

  private static let entryCount = 10

  init(
    _ shape: StackShape, _ type: SampleType, _ rate: FrameRate?, remark: String?
  ) throws(BlitzError) {
    guard [.f32, .u8, .u16].contains(type), [1, 3].contains(shape.channels) else {
      throw BlitzError(
        .unsupported, "TIFF",
        "cannot be written with \(shape.channels) channels of \(type.rawValue)")
    }
    (self.shape, self.type) = (shape, type)
    summary = Self.summary(shape, rate) + (remark.map { "\($0)\n" } ?? "")
    let bytes = shape.sampleCount * type.byteCount
    let room =
      1024 + summary.utf8.count + Self.rangeSize + shape.frames * Self.directorySize(isBig: false)
    isBig = bytes + room >= 1 << 32
    // The samples begin where they can be mapped as they are.
    let head = Self.headerSize(isBig) + Self.directorySize(isBig: isBig, extra: 1) + 16
    dataStart = (head + 63) / 64 * 64
    dataEnd = dataStart + bytes
    textStart = (dataEnd + 7) / 8 * 8
    tail = (textStart + summary.utf8.count + Self.rangeSize + 7) / 8 * 8
  }

  /// What stands between the samples and the directories: ImageJ's description with the range to
  /// show, filled up with empty lines to the length that the first directory has announced.
  func description(showing window: LevelWindow) -> [UInt8] {
    let text = summary + "min=\(window.darkest)\nmax=\(window.brightest)\n"
    let filling = [UInt8](repeating: UInt8(ascii: "\n"), count: tail - textStart)
    return [UInt8](repeating: 0, count: textStart - dataEnd)
      + (Array(text.utf8) + filling).prefix(tail - textStart - 1) + [0]
  }

  /// Everything in front of the samples.
  func head() -> [UInt8] {
    var bytes: [UInt8] = [0x49, 0x49] + number(isBig ? 43 : 42, 2)
    if isBig { bytes += number(8, 2) + number(0, 2) }
    bytes += number(Self.headerSize(isBig), isBig ? 8 : 4)
    bytes += directory(0)
    bytes += (0..<4).flatMap { _ in number(type.byteCount * 8, 2) }
    bytes += (0..<4).flatMap { _ in number(sampleFormat, 2) }
    return bytes + [UInt8](repeating: 0, count: dataStart - bytes.count)
  }

  /// The directory of a page, with the link to the next one.
  func directory(_ page: Int) -> [UInt8] {
    let frameBytes = shape.frameSize * type.byteCount
    let lists = Self.headerSize(isBig) + Self.directorySize(isBig: isBig, extra: 1)
    let short = 3, long = 4, offset = isBig ? 16 : 4
    var entries: [(tag: Int, type: Int, count: Int, value: Int)] = [
      (256, long, 1, shape.columns), (257, long, 1, shape.rows),
      (258, short, shape.channels, isGray ? type.byteCount * 8 : inline(type.byteCount * 8, lists)),
      (259, short, 1, 1), (262, short, 1, isGray ? 1 : 2),
      (273, offset, 1, dataStart + page * frameBytes), (277, short, 1, shape.channels),
      (278, long, 1, shape.rows), (279, offset, 1, frameBytes),
      (339, short, shape.channels, isGray ? sampleFormat : inline(sampleFormat, lists + 8)),
    ]
    if page == 0 { entries.insert((270, 2, tail - textStart, textStart), at: 5) }
    var bytes = number(entries.count, isBig ? 8 : 2)
    for entry in entries {
      bytes += number(entry.tag, 2) + number(entry.type, 2)
      bytes += number(entry.count, isBig ? 8 : 4) + number(entry.value, isBig ? 8 : 4)
    }
    let isLast = page == shape.frames - 1
    let next = isLast ? 0 : tail + page * Self.directorySize(isBig: isBig)
    return bytes + number(next, isBig ? 8 : 4)
  }

  private var isGray: Bool { shape.channels == 1 }

  private var sampleFormat: Int { type == .f32 ? 3 : 1 }

  /// Three short numbers: in place where 8 bytes are free, else where the list stands.
  private func inline(_ value: Int, _ list: Int) -> Int {
    isBig ? value | value << 16 | value << 32 : list
  }

  private func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func headerSize(_ isBig: Bool) -> Int { isBig ? 16 : 8 }

  private static func directorySize(isBig: Bool, extra: Int = 0) -> Int {
    isBig ? 16 + 20 * (entryCount + extra) : 6 + 12 * (entryCount + extra)
  }

  /// Bytes for the two lines of the range, each number in at most 24 characters, and the final zero.
  private static let rangeSize = 60

  /// ImageJ's description but for the range; a single image needs none of it but the first line.
  private static func summary(_ shape: StackShape, _ rate: FrameRate?) -> String {
    var text = "ImageJ=1.53t\n"
    if shape.frames > 1 {
      text += "images=\(shape.frames)\nframes=\(shape.frames)\nloop=false\n"
      if let rate { text += "fps=\(rate.value)\n" }
    }
    return text
  }
}
