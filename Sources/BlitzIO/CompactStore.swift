public import BlitzCore
import BlitzKernels

/// The samples of a stack in memory in their stored integer type: a quarter or half of `Float`.
///
/// Bands are converted in the reader's scratch whenever they are lent. The unsafe code is sound for
/// the reasons given at `SampleStore`: `FrameStates` grants a frame to one writer, and nobody reads
/// it before it is published.
@safe public final class CompactStore: FrameStore, @unchecked Sendable {
  /// The extents of what is stored.
  public let shape: StackShape
  /// How a sample is stored: an integer of one or two bytes.
  public let type: SampleType
  /// How codes of video luma become samples; nil where codes are samples.
  let luma: LimitedLuma?

  private let bytes: UnsafeMutablePointer<UInt8>
  private let memory: StackMemory
  private let states: FrameStates

  /// The types that can be held.
  static let types: Set<SampleType> = [.bool, .u8, .i8, .u16, .i16]

  /// Reserves address space; pages are touched by whoever fills them.
  ///
  /// - Throws: `limit` when the system refuses the mapping.
  init(shape: StackShape, type: SampleType, luma: LimitedLuma? = nil) throws(BlitzError) {
    precondition(Self.types.contains(type), "no small integer")
    (self.shape, self.type, self.luma) = (shape, type, luma)
    let byteCount = shape.sampleCount * type.byteCount
    memory = try StackMemory(byteCount: byteCount)
    unsafe bytes = memory.start.bindMemory(to: UInt8.self, capacity: byteCount)
    states = FrameStates(count: shape.frames)
  }

  /// Frames published so far, damaged ones included.
  public var arrivedCount: Int { states.arrivedCount }

  /// True while no published frame was damaged: integers are finite.
  public var isKnownFinite: Bool { states.isKnownFinite }

  /// What is known of a frame, `pending` while it is being written.
  public func condition(of frame: Int) -> FrameCondition { states.condition(of: frame) }

  /// Writes and publishes one frame, whose samples must be values of the stored type: codes, where luma
  /// is to be expanded.
  @discardableResult
  public func fill(
    frame: Int, scratch: BandScratch, areFinite: Bool,
    _ body: (inout MutableSpan<Float>) -> FrameCondition
  ) -> Bool {
    guard states.claim(frame) else { return false }
    let condition = scratch.withSamples(shape.frameSize) { samples in
      let condition = body(&samples)
      if condition == .complete { keep(samples.span, frame) }
      return condition
    }
    states.publish(frame, condition, isFinite: condition != .damaged)
    return condition != .pending
  }

  /// Lends `rows` of `frames`, converted in `scratch`; nothing is thrown of its own.
  public func withBand<R>(
    rows: Range<Int>, frames: Range<Int>, scratch: BandScratch,
    _ body: (_ samples: Span<Float>, _ stride: Int) throws(BlitzError) -> R
  ) throws(BlitzError) -> R {
    precondition(0 <= rows.lowerBound && rows.upperBound <= shape.rows && !rows.isEmpty)
    precondition(0 <= frames.lowerBound && frames.upperBound <= shape.frames && !frames.isEmpty)
    let stride = rows.count * shape.rowSize
    return try scratch.withSamples(frames.count * stride) { (band) throws(BlitzError) -> R in
      for (position, frame) in frames.enumerated() {
        var part = band._mutatingExtracting(position * stride..<(position + 1) * stride)
        convert(frame, from: rows.lowerBound * shape.rowSize, into: &part)
      }
      return try body(band.span, stride)
    }
  }

  private func convert(_ frame: Int, from first: Int, into samples: inout MutableSpan<Float>) {
    let condition = condition(of: frame)
    precondition(condition != .pending, "frame not loaded")
    if condition == .damaged {
      for i in samples.indices { samples[i] = .nan }
      return
    }
    let start = unsafe bytes + (frame * shape.frameSize + first) * type.byteCount
    let stored = unsafe UnsafeBufferPointer(start: start, count: samples.count * type.byteCount)
    SampleConversion.convert(unsafe stored.span, type: type, luma: luma, into: &samples)
  }

  /// Stores a claimed frame in this machine's byte order.
  private func keep(_ samples: Span<Float>, _ frame: Int) {
    let start = unsafe bytes + frame * shape.frameSize * type.byteCount
    if type.byteCount == 1 {
      for i in samples.indices {
        unsafe start[i] = UInt8(truncatingIfNeeded: Int32(samples[i]))
      }
    } else {
      // Mapped memory is aligned to pages and frames to their two-byte samples.
      let words = unsafe UnsafeMutableRawPointer(start).assumingMemoryBound(to: UInt16.self)
      for i in samples.indices {
        unsafe words[i] = UInt16(truncatingIfNeeded: Int32(samples[i]))
      }
    }
  }
}

extension LoadPlan {
  /// Memory for the frames of a plan that holds them: strategy `memory`, `step` or `compact`.
  ///
  /// - Throws: `limit` when the system refuses it.
  public func makeStore() throws(BlitzError) -> any FrameStore {
    guard let storedType else { return try SampleStore(shape: shape) }
    return try CompactStore(shape: shape, type: storedType, luma: storedLuma)
  }
}
