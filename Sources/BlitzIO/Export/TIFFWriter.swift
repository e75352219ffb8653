public import BlitzCore

/// Writes a stack as an uncompressed TIFF file, a page for each frame, in one pass.
///
/// Little-endian, a strip for each page, all samples in one piece, with ImageJ's description, so that
/// ImageJ opens it as a time series and any reader can map it. Files beyond 4 GiB become BigTIFF.
/// The description stands behind the samples, so that it can tell their smallest and largest.
public struct TIFFWriter: ~Copyable {
  private let output: AtomicOutput
  private let plan: TIFFPlan
  private let display: LevelWindow?
  private var extremes = SampleExtremes()
  private var written = 0
  private var buffer: [UInt8]

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - shape: All frames; 1 or 3 channels.
  ///   - type: `f32`, or `u8` and `u16` for samples that are such codes.
  ///   - framesPerSecond: Noted in the description when known.
  ///   - display: The values that ImageJ shows as darkest and brightest; nil for the smallest and the
  ///     largest finite sample.
  ///   - remark: A line of ASCII for the description, such as what the samples lack.
  /// - Throws: `unsupported` for other types and channels; `system` when writing fails.
  public init(
    _ output: consuming AtomicOutput, shape: StackShape, type: SampleType = .f32,
    framesPerSecond: FrameRate? = nil, display: LevelWindow? = nil, remark: String? = nil
  ) throws(BlitzError) {
    let plan = try TIFFPlan(shape, type, framesPerSecond, remark: remark)
    try output.write(plan.head().span)
    (self.plan, self.display, buffer) = (plan, display, [])
    self.output = output
  }

  /// Appends samples, in order: frames, rows, columns, channels.
  ///
  /// - Throws: `unsupported` when a sample is no code of the chosen type; nothing is rounded.
  public mutating func write(_ samples: Span<Float>) throws(BlitzError) {
    written += samples.count
    precondition(written <= plan.shape.sampleCount, "more samples than announced")
    if display == nil { extremes.add(samples) }
    let part = 1 << 16
    for start in stride(from: 0, to: samples.count, by: part) {
      try store(samples.extracting(start..<min(start + part, samples.count)))
      try output.write(buffer.span)
    }
  }

  /// Completes the file; all samples must have been written.
  public consuming func commit() throws(BlitzError) {
    precondition(written == plan.shape.sampleCount, "fewer samples than announced")
    try output.write(plan.description(showing: display ?? extremes.window).span)
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
    let type = plan.type
    var bytes = buffer.mutableSpan
    for i in samples.indices {
      let code = type == .f32 ? samples[i].bitPattern : try Self.code(samples[i], type)
      for byte in 0..<size {
        bytes[i &* size &+ byte] = UInt8(truncatingIfNeeded: code &>> UInt32(8 &* byte))
      }
    }
  }

  private static func code(_ sample: Float, _ type: SampleType) throws(BlitzError) -> UInt32 {
    guard let code = UInt32(exactly: sample), code < 1 << (8 * type.byteCount) else {
      throw BlitzError(
        .unsupported, "TIFF", "\(sample) is no sample of type \(type.rawValue)",
        hint: "write f32")
    }
    return code
  }
}

/// The smallest and the largest finite sample met so far.
private struct SampleExtremes {
  private var low = Float.infinity
  private var high = -Float.infinity

  mutating func add(_ samples: Span<Float>) {
    for i in samples.indices where samples[i].isFinite {
      low = min(low, samples[i])
      high = max(high, samples[i])
    }
  }

  /// 0 to 1 where there was none.
  var window: LevelWindow {
    LevelWindow(darkest: Double(low), brightest: Double(high)) ?? .unit
  }
}
