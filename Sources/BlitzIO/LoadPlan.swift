public import BlitzCore
import BlitzKernels

/// What loading will do, decided before memory is asked for.
public struct LoadPlan: Equatable, Sendable {
  /// How the samples are held.
  public enum Strategy: String, Sendable {
    /// All wanted frames in memory as `Float`.
    case memory
    /// All wanted frames in memory in their stored type.
    case compact
    /// The file mapped into memory.
    case map
    /// A decode-once copy on disk, mapped into memory.
    case cache
    /// Read in passes, nothing held.
    case stream
    /// Every k-th frame in memory as `Float`.
    case step
  }

  /// How frames will be read.
  public enum Access: Equatable, Sendable {
    /// Any of them at any time, as a viewer does: every k-th is better than none.
    case anyTime
    /// Any of them, and none may be missing.
    case everyFrame
    /// Once, one after the other, so that only few need to be held: `reach` of them together.
    case inOrder(reach: Int)
  }

  /// How the samples are held.
  public let strategy: Strategy
  /// The source frames kept.
  public let frames: FrameRange
  /// The stack as loaded: kept frames, after crop, size and gray.
  public let shape: StackShape
  /// Bytes of the buffer and of the partial results of projections.
  public internal(set) var bytes: Int
  /// Bytes that all wanted frames take as `Float`, after crop, size and gray.
  public let bytesAsFloat32: Int
  /// What may be used; `bytes` is never more.
  public let limitBytes: Int
  /// Why, in a few words.
  public let reason: PrintableText

  /// How samples are held under `compact`; nil where they are `Float`.
  var storedType: SampleType?
  /// How what is held under `compact` becomes samples, where that is codes of video luma.
  var storedLuma: LimitedLuma?

  /// Source frames from one kept frame to the next.
  public var step: Int { frames.step }

  /// Bytes of partial results kept per sample and block of 64 frames.
  static let partialBytesPerSample = 24

  /// What projections of a stack read in passes hold beside it: a block half folded, and the total.
  static func foldBytes(_ shape: StackShape) -> Int { 2 * partialBytesPerSample * shape.frameSize }

  /// The same plan for some of the kept frames, by their positions; nil when there are none.
  func part(_ positions: Range<Int>) -> LoadPlan? {
    guard let last = positions.last, positions.lowerBound >= 0, last < frames.count,
      let kept = FrameRange(start: frames[positions.lowerBound], end: frames[last] + 1, step: step),
      let shape = shape.with(frames: kept.count)
    else { return nil }
    return LoadPlan(
      strategy: .memory, frames: kept, shape: shape, bytes: bytes, bytesAsFloat32: bytesAsFloat32,
      limitBytes: limitBytes, reason: reason)
  }

  /// Decides, within the budget and `options.maxRAM`.
  ///
  /// - Parameter access: How the frames will be read, which decides what happens to those that do not
  ///   fit.
  /// - Throws: `usage` when range or crop leave nothing or the strategy asked for does not go with
  ///   this input; `limit` when the stack does not fit and may not be thinned out, or when not even
  ///   one frame fits.
  public static func make(
    for recording: Recording, options: LoadOptions, memory: MemoryBudget,
    access: Access = .anyTime
  ) throws(BlitzError) -> LoadPlan {
    let draft = try LoadDraft(recording, options)
    let budget = memory.capped(at: options.maxRAM)
    let limit = budget.limitBytes
    let fits = draft.footprint.fits(frames: draft.range.count, within: limit)
    // Float32 that can be read where it lies is worth no copy, even where there is room for one.
    if recording.description.sampleType == .f32, recording.mappingKind(options) == .inPlace {
      return draft.mapped(limit, "read in place")
    }
    // Frames of a video that was cached need no decoding, even where memory has room for them.
    if options.onExceed == .auto, recording.reader is VideoReader,
      draft.isCached(recording, options)
    {
      return draft.cached(limit)
    }
    if case .inOrder(let reach) = access, options.onExceed == .auto {
      let reason = "read once, from front to back"
      return recording.mappingKind(options) == nil
        ? try draft.streamed(budget, reason, stretch: draft.stretchBytes(reach: reach, recording))
        : draft.mapped(limit, reason)
    }
    if fits { return draft.plan(.memory, step: 1, limit, "fits in memory") }
    switch options.onExceed {
    case .auto, .map, .compact:
      if options.onExceed != .compact, recording.mappingKind(options) != nil {
        return draft.mapped(limit, "read from its file: \(draft.size), limit \(draft.text(budget))")
      }
      if options.onExceed == .map { throw draft.inapplicable(.map) }
      if access == .anyTime || options.onExceed == .compact,
        let compact = draft.compact(
          limit, "as stored, since \(draft.size) exceed \(draft.text(budget))")
      {
        return compact
      }
      if options.onExceed == .compact { throw draft.inapplicable(.compact) }
      if draft.isCached(recording, options) { return draft.cached(limit) }
    case .cache:
      guard recording.cachedStack(options) != nil else {
        throw BlitzError(
          .usage, "--on-exceed cache", "finds no cache of \(draft.subject)",
          hint: "make one: blitz cache build \(draft.subject)")
      }
      return draft.cached(limit)
    case .step, .error: break
    }
    guard options.onExceed != .error else { throw draft.tooLarge(budget) }
    if access == .everyFrame, options.onExceed == .auto {
      return try draft.streamed(
        budget, "read in passes: all need \(draft.size), limit \(draft.text(budget))")
    }
    guard let step = draft.footprint.stepNeeded(frames: draft.range.count, within: limit) else {
      throw draft.tooLarge(budget)
    }
    let reason = "one frame of every \(step): all need \(draft.size), limit \(draft.text(budget))"
    return draft.plan(.step, step: step, limit, reason)
  }
}

/// What is wanted of a recording, and what it would take.
private struct LoadDraft {
  let subject: String
  let range: FrameRange
  let frame: StackShape
  let footprint: StackFootprint
  /// The stored type where loading keeps every sample as it is stored, in one or two bytes.
  let storedType: SampleType?
  private let storedLuma: LimitedLuma?
  private let workers: Int

  init(_ recording: Recording, _ options: LoadOptions) throws(BlitzError) {
    subject = recording.path
    let source = recording.description.shape
    guard let range = options.range.resolve(frames: source.frames) else {
      throw BlitzError(
        .usage, "--range", "holds none of the \(source.frames) frames",
        hint: "frames are counted from 0 and the end is excluded")
    }
    self.range = range
    let geometry = FrameGeometry(rows: source.rows, columns: source.columns, options: options)
    let channels = options.color && source.channels >= 3 ? 3 : 1
    guard !geometry.cropRows.isEmpty, !geometry.cropColumns.isEmpty,
      let frame = StackShape(
        frames: 1, rows: geometry.loadedRows, columns: geometry.loadedColumns, channels: channels)
    else {
      throw BlitzError(
        .usage, "--crop", "lies outside the frames of \(source.columns)x\(source.rows) pixels",
        hint: "x,y is the corner at the top left, counted from 0")
    }
    self.frame = frame
    footprint = StackFootprint(
      frameBytes: frame.frameSize * MemoryLayout<Float>.size,
      blockBytes: frame.frameSize * LoadPlan.partialBytesPerSample,
      fixedBytes: Self.workerBytes(recording, options))
    workers = StackLoader.workerCount(options)
    storedType = Self.storedType(recording, channels, options)
    storedLuma = channels == 1 ? (recording.reader as? VideoReader)?.limitedLuma : nil
  }

  private static func storedType(
    _ recording: Recording, _ channels: Int, _ options: LoadOptions
  ) -> SampleType? {
    let (source, type) = (recording.description.shape, recording.description.sampleType)
    let isGrayAlready = channels == 1 && recording.deliversGray
    let keepsSamples =
      (source.channels == channels || isGrayAlready) && options.size == 1 && !options.eightBit
      && !options.normalize
    return keepsSamples && CompactStore.types.contains(type) ? type : nil
  }

  var bytesAsFloat32: Int { range.count * footprint.frameBytes }

  var size: String { byteText(bytesAsFloat32) }

  func text(_ budget: MemoryBudget) -> String {
    "\(byteText(budget.limitBytes)) (\(budget.smallest.source.rawValue))"
  }

  func plan(_ strategy: LoadPlan.Strategy, step: Int, _ limit: Int, _ reason: String) -> LoadPlan {
    // Both exist: `step` is at most the number of frames, of which the first is always kept.
    let kept = FrameRange(start: range.start, end: range.end, step: range.step * step) ?? range
    return LoadPlan(
      strategy: strategy, frames: kept, shape: frame.with(frames: kept.count) ?? frame,
      bytes: footprint.bytes(frames: kept.count), bytesAsFloat32: bytesAsFloat32,
      limitBytes: limit, reason: PrintableText(reason))
  }

  /// The stack in its stored type; nil when loading changes samples, or when that is too large too.
  func compact(_ limit: Int, _ reason: String) -> LoadPlan? {
    guard let storedType else { return nil }
    let stored = StackFootprint(
      frameBytes: frame.frameSize * storedType.byteCount, blockBytes: footprint.blockBytes,
      fixedBytes: footprint.fixedBytes + workers * footprint.frameBytes)
    guard stored.fits(frames: range.count, within: limit) else { return nil }
    var plan = plan(.compact, step: 1, limit, reason)
    plan.bytes = stored.bytes(frames: range.count)
    (plan.storedType, plan.storedLuma) = (storedType, storedLuma)
    return plan
  }

  /// The file itself in place of a buffer; only partial results of one block are counted.
  func mapped(_ limit: Int, _ reason: String) -> LoadPlan {
    mapped(.map, limit, reason)
  }

  /// True when there is a decode-once copy that holds the whole range.
  func isCached(_ recording: Recording, _ options: LoadOptions) -> Bool {
    recording.cachedStack(options).map { $0.shape.frames >= range.end } ?? false
  }

  /// The decode-once copy in place of a buffer.
  func cached(_ limit: Int) -> LoadPlan { mapped(.cache, limit, "read from its cache") }

  private func mapped(_ strategy: LoadPlan.Strategy, _ limit: Int, _ reason: String) -> LoadPlan {
    LoadPlan(
      strategy: strategy, frames: range, shape: frame.with(frames: range.count) ?? frame,
      bytes: min(footprint.blockBytes, limit), bytesAsFloat32: bytesAsFloat32, limitBytes: limit,
      reason: PrintableText(reason))
  }

  /// A stretch read once: enough frames to keep all threads busy, and those that belong together.
  ///
  /// Those of a video follow each other without a pause, and as little fresh memory as can be is best.
  /// Files are waited for at the end of each, which longer ones make rarer.
  func stretchBytes(reach: Int, _ recording: Recording) -> Int {
    let least = recording.reader is VideoReader ? 8 << 20 : 32 << 20
    // More frames than there are make no difference.
    return max(least, min(max(reach, 1), range.count) * footprint.frameBytes)
  }

  /// Reading in passes: three stretches, at least five frames, in half of the limit if they fit.
  func streamed(
    _ budget: MemoryBudget, _ reason: String, stretch: Int = 1 << 28
  ) throws(BlitzError) -> LoadPlan {
    let held = StreamedStack.stretchesHeld
    let beside = footprint.fixedBytes + LoadPlan.foldBytes(frame)
    let least = StreamedStack.framesHeld * footprint.frameBytes + beside
    let whole = range.count * footprint.frameBytes + beside
    let share = budget.limitBytes / 2
    let wanted = held * max(min(stretch, share / held), footprint.frameBytes) + beside
    let bytes = max(min(share, whole, wanted), min(least, budget.limitBytes))
    guard bytes >= least else { throw tooLarge(budget) }
    return LoadPlan(
      strategy: .stream, frames: range, shape: frame.with(frames: range.count) ?? frame,
      bytes: bytes, bytesAsFloat32: bytesAsFloat32, limitBytes: budget.limitBytes,
      reason: PrintableText(reason))
  }

  func tooLarge(_ budget: MemoryBudget) -> BlitzError {
    BlitzError(
      .limit, subject, "needs \(size), the limit is \(text(budget))",
      hint: "load less with --range, --size or --crop, or allow --on-exceed step")
  }

  func inapplicable(_ wish: LoadOptions.OnExceed) -> BlitzError {
    BlitzError(
      .usage, "--on-exceed \(wish.rawValue)", "does not go with \(subject)",
      hint: "use auto, step or error")
  }

  /// What the workers hold at once: a decoded frame each, and its file at about half of that; of a
  /// video also what its codec holds.
  private static func workerBytes(_ recording: Recording, _ options: LoadOptions) -> Int {
    let (shape, type) = (recording.description.shape, recording.description.sampleType)
    let decoded = shape.frameSize * type.byteCount
    let codec = (recording.reader as? VideoReader)?.codecBytes ?? 0
    return StackLoader.workerCount(options) * (decoded + decoded / 2) + codec
  }
}
