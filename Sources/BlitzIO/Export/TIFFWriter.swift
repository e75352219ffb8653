public import BlitzCore

/// Writes a stack as an uncompressed TIFF file, a page for each frame, in one pass.
///
/// Little-endian, a strip for each page, all samples in one piece, with ImageJ's description, so that
/// ImageJ opens it as a time series and any reader can map it. Files beyond 4 GiB become BigTIFF.
public struct TIFFWriter: ~Copyable {
  private let output: AtomicOutput
  private let plan: TIFFPlan
  private var written = 0
  private var buffer: [UInt8]

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - shape: All frames; 1 or 3 channels.
  ///   - type: `f32`, or `u8` and `u16` for samples that are such codes.
  ///   - framesPerSecond: Noted in the description when known.
  /// - Throws: `unsupported` for other types and channels; `system` when writing fails.
  public init(
    _ output: consuming AtomicOutput, shape: StackShape, type: SampleType = .f32,
    framesPerSecond: FrameRate? = nil
  ) throws(BlitzError) {
    let plan = try TIFFPlan(shape, type, framesPerSecond)
    try output.write(plan.head().span)
    (self.plan, buffer) = (plan, [])
    self.output = output
  }

  /// Appends samples, in order: frames, rows, columns, channels.
  ///
  /// - Throws: `unsupported` when a sample is no code of the chosen type; nothing is rounded.
  public mutating func write(_ samples: Span<Float>) throws(BlitzError) {
    written += samples.count
    precondition(written <= plan.shape.sampleCount, "more samples than announced")
    let part = 1 << 16
    for start in stride(from: 0, to: samples.count, by: part) {
      try store(samples.extracting(start..<min(start + part, samples.count)))
      try output.write(buffer.span)
    }
  }

  /// Completes the file; all samples must have been written.
  public consuming func commit() throws(BlitzError) {
    precondition(written == plan.shape.sampleCount, "fewer samples than announced")
    try output.write([UInt8](repeating: 0, count: plan.tail - plan.dataEnd).span)
    for page in 1..<max(plan.shape.frames, 1) {
      try output.write(plan.directory(page).span)
    }
    try output.commit()
  }

  private mutating func store(_ samples: Span<Float>) throws(BlitzError) {
    let size = plan.type.byteCount
    if buffer.count != samples.count * size {
      buffer = [UInt8](repeating: 0, count: samples.count * size)
    }
    for i in samples.indices {
      let code = try code(samples[i])
      for byte in 0..<size {
        buffer[i * size + byte] = UInt8(truncatingIfNeeded: code >> (8 * UInt32(byte)))
      }
    }
  }

  private func code(_ sample: Float) throws(BlitzError) -> UInt32 {
    guard plan.type != .f32 else { return sample.bitPattern }
    guard let code = UInt32(exactly: sample), code < 1 << (8 * plan.type.byteCount) else {
      throw BlitzError(
        .unsupported, "TIFF", "\(sample) is no sample of type \(plan.type.rawValue)",
        hint: "write f32")
    }
    return code
  }
}

/// Where everything of a TIFF file goes, known before its first byte is written.
private struct TIFFPlan {
  let shape: StackShape
  let type: SampleType
  let isBig: Bool
  /// End of the samples, and where the directories of all pages but the first begin.
  let dataEnd, tail: Int

  private let description: [UInt8]
  private let dataStart: Int

  private static let entryCount = 10

  init(_ shape: StackShape, _ type: SampleType, _ rate: FrameRate?) throws(BlitzError) {
    guard [.f32, .u8, .u16].contains(type), [1, 3].contains(shape.channels) else {
      throw BlitzError(
        .unsupported, "TIFF",
        "cannot be written with \(shape.channels) channels of \(type.rawValue)")
    }
    (self.shape, self.type) = (shape, type)
    description = Self.description(shape, rate)
    let bytes = shape.sampleCount * type.byteCount
    let room = 1024 + description.count + shape.frames * Self.directorySize(isBig: false)
    isBig = bytes + room >= 1 << 32
    // The samples begin where they can be mapped as they are.
    let head = Self.headerSize(isBig) + Self.directorySize(isBig: isBig, extra: 1) + 16
    dataStart = (head + description.count + 63) / 64 * 64
    dataEnd = dataStart + bytes
    tail = (dataEnd + 7) / 8 * 8
  }

  /// Everything in front of the samples.
  func head() -> [UInt8] {
    var bytes: [UInt8] = [0x49, 0x49] + number(isBig ? 43 : 42, 2)
    if isBig { bytes += number(8, 2) + number(0, 2) }
    bytes += number(Self.headerSize(isBig), isBig ? 8 : 4)
    bytes += directory(0)
    bytes += (0..<4).flatMap { _ in number(type.byteCount * 8, 2) }
    bytes += (0..<4).flatMap { _ in number(sampleFormat, 2) }
    bytes += description
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
    if page == 0 { entries.insert((270, 2, description.count, lists + 16), at: 5) }
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

  /// ImageJ's description; a single image needs none of it but the first line.
  private static func description(_ shape: StackShape, _ rate: FrameRate?) -> [UInt8] {
    var text = "ImageJ=1.53t\n"
    if shape.frames > 1 {
      text += "images=\(shape.frames)\nframes=\(shape.frames)\nloop=false\n"
      if let rate { text += "fps=\(rate.value)\n" }
    }
    return Array(text.utf8) + [0]
  }
}
