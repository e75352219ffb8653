/// The samples of a stack in memory: one mapping, filled in parallel, published frame by frame.
///
/// With `StackMemory` the only unsafe code of this module. It is sound because
/// - a frame's samples are written only inside `fill`, which `FrameStates` grants to one caller per
///   frame, once;
/// - they are read only after `FrameStates` has shown the frame as published, which `fill` does
///   after its last write;
/// - a published frame is never written again, and the mapping lives as long as the object.
@safe public final class SampleStore: FrameStore, @unchecked Sendable {
  /// The extents of what is stored.
  public let shape: StackShape

  private let samples: UnsafeMutablePointer<Float>
  private let memory: StackMemory
  private let pool: StackMemoryPool?
  private let states: FrameStates

  /// Reserves address space for the stack; pages are touched by whoever fills them.
  ///
  /// - Parameter pool: Where its memory comes from and goes back to; nil for memory of its own.
  /// - Throws: `limit` when the system refuses the mapping.
  public init(shape: StackShape, pool: StackMemoryPool? = nil) throws(BlitzError) {
    (self.shape, self.pool) = (shape, pool)
    let byteCount = shape.sampleCount * MemoryLayout<Float>.stride
    if let pool {
      memory = try pool.take(byteCount: byteCount)
    } else {
      memory = try StackMemory(byteCount: byteCount)
    }
    unsafe samples = memory.start.bindMemory(to: Float.self, capacity: shape.sampleCount)
    states = FrameStates(count: shape.frames)
  }

  // Whoever reads or fills holds the store: nobody does any more.
  deinit { pool?.give(memory) }

  /// Frames published so far, damaged ones included.
  public var arrivedCount: Int { states.arrivedCount }

  /// True while no published frame held a NaN or an infinity.
  public var isKnownFinite: Bool { states.isKnownFinite }

  /// What is known of a frame, `pending` while it is being written.
  public func condition(of frame: Int) -> FrameCondition { states.condition(of: frame) }

  /// Writes and publishes one frame.
  ///
  /// - Parameters:
  ///   - frame: The frame; false is returned when someone else has it already.
  ///   - areFinite: True when it is known that no sample will be NaN or infinite.
  ///   - body: Fills all samples and says how that went. `damaged` overwrites them with NaN;
  ///     `pending` gives the frame back unpublished, for another try.
  /// - Returns: True when the frame was published by this call.
  /// - Complexity: One extra pass over the frame, in cache, to learn whether it is finite, unless that is
  ///   known.
  @discardableResult
  public func fill(
    frame: Int, areFinite: Bool = false,
    _ body: (inout MutableSpan<Float>) -> FrameCondition
  ) -> Bool {
    guard states.claim(frame) else { return false }
    let target = unsafe UnsafeMutableBufferPointer(
      start: samples + frame * shape.frameSize, count: shape.frameSize)
    var span = unsafe target.mutableSpan
    let condition = body(&span)
    if condition == .damaged { for i in span.indices { span[i] = .nan } }
    let isFinite = condition != .damaged && (areFinite || span.span.isFinite)
    states.publish(frame, condition, isFinite: condition == .pending || isFinite)
    return condition != .pending
  }

  /// As the other; `scratch` is not used.
  @discardableResult
  public func fill(
    frame: Int, scratch: BandScratch, areFinite: Bool,
    _ body: (inout MutableSpan<Float>) -> FrameCondition
  ) -> Bool {
    fill(frame: frame, areFinite: areFinite, body)
  }

  /// Lends `rows` of `frames` in place; `scratch` is not used and nothing is thrown of its own.
  public func withBand<R>(
    rows: Range<Int>, frames: Range<Int>, scratch: BandScratch,
    _ body: (_ samples: Span<Float>, _ stride: Int) throws(BlitzError) -> R
  ) throws(BlitzError) -> R {
    precondition(0 <= rows.lowerBound && rows.upperBound <= shape.rows && !rows.isEmpty)
    precondition(0 <= frames.lowerBound && frames.upperBound <= shape.frames && !frames.isEmpty)
    for frame in frames { precondition(condition(of: frame) != .pending, "frame not loaded") }
    let first = frames.lowerBound * shape.frameSize + rows.lowerBound * shape.rowSize
    let count = (frames.count - 1) * shape.frameSize + rows.count * shape.rowSize
    return try body(
      unsafe UnsafeBufferPointer(start: samples + first, count: count).span, shape.frameSize)
  }
}

extension Span<Float> {
  /// True when no sample is NaN or infinite; true for an empty span. O(count), vectorised.
  public var isFinite: Bool {
    // x - x is zero for finite x and NaN otherwise, and NaN survives every addition.
    let bytes = unsafe self.bytes
    var residue = SIMD8<Float>.zero
    var i = 0
    while i + 8 <= count {
      // All 32 bytes lie inside the span, and any bits are a Float.
      let lanes = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: i &* 4, as: SIMD8<Float>.self)
      residue += lanes - lanes
      i += 8
    }
    var rest: Float = residue.sum()
    while i < count {
      rest += self[i] - self[i]
      i += 1
    }
    return rest == 0
  }
}
