public import BlitzCore
import Synchronization

/// A stack larger than memory, decoded a stretch of frames at a time when a reader comes to it.
///
/// Made for readers that go from front to back, all at about the same place: the stretch after the
/// one being read is decoded meanwhile, and the one before it stays, so that a window of frames may
/// straddle two. Going back costs decoding again and changes nothing else.
public final class StreamedStack: SampleSource {
  /// The extents of all kept frames.
  public let shape: StackShape
  /// Frames decoded together, at least 1.
  public let stretchFrames: Int

  private let stretchesHeld: Int
  private let isVideo: Bool
  private let recording: Recording
  private let plan: LoadPlan
  private let options: LoadOptions
  private let report: @Sendable (LoadEvent) -> Void
  private let pool = StackMemoryPool()
  private let state = Mutex(State())

  private struct State {
    /// The stretches held, oldest use first.
    var held: [Stretch] = []
    var damaged: Set<Int> = []
    var skipped: [Int: [SkippedInput]] = [:]
    var isFinite = true
    var isCancelled = false
  }

  /// A stretch that is, is being, or will be loaded.
  private struct Stretch {
    let index: Int
    let store: SampleStore
    let loader: StackLoader
  }

  /// How many are held: the one being read, the one before it and the one to come.
  static let stretchesHeld = 3
  /// Frames held at least: readers take up to four together, and the next one is on its way.
  static let framesHeld = 5

  /// Opens a recording for reading in passes.
  ///
  /// - Parameters:
  ///   - plan: Made for this recording and these options; `bytes` bounds what is held.
  ///   - multiple: Frames in a stretch are a multiple of this where memory allows.
  ///   - report: Called for every frame decoded, from loader threads; the number is its position.
  public init(
    _ recording: Recording, plan: LoadPlan, options: LoadOptions, multiple: Int = 1,
    report: @escaping @Sendable (LoadEvent) -> Void = { _ in }
  ) {
    (self.recording, self.plan, self.options, self.report) = (recording, plan, options, report)
    (shape, isVideo) = (plan.shape, recording.reader is VideoReader)
    let frameBytes = plan.shape.frameSize * MemoryLayout<Float>.size
    let room = plan.bytes - LoadPlan.foldBytes(plan.shape)
    let fitting = max(room / Self.stretchesHeld / frameBytes, 1)
    // Readers take four frames together where they can.
    let even = [multiple, 4].first { fitting >= $0 }.map { fitting / $0 * $0 } ?? fitting
    stretchFrames = min(even, plan.shape.frames)
    stretchesHeld = max(Self.stretchesHeld, (Self.framesHeld - 1) / stretchFrames + 1)
  }

  /// True while no stretch read so far held a NaN or an infinity; what is to come may.
  public var isKnownFinite: Bool { state.withLock { $0.isFinite } }

  /// `damaged` for frames found so, `complete` for all others, decoded or not.
  public func condition(of frame: Int) -> FrameCondition {
    state.withLock { $0.damaged.contains(frame) } ? .damaged : .complete
  }

  /// Inputs of the stretches read so far that turned out damaged, in the order of their frames.
  public var skipped: [SkippedInput] {
    state.withLock { state in state.skipped.keys.sorted().flatMap { state.skipped[$0] ?? [] } }
  }

  /// Makes every reader that waits or comes throw `cancelled`; what is being decoded is given up.
  public func cancel() {
    state.withLock { state in
      state.isCancelled = true
      for stretch in state.held { stretch.loader.cancel() }
    }
  }

  /// Lends `rows` of `frames`, in place where all frames are of one stretch.
  ///
  /// - Throws: `cancelled` after `cancel`, `limit` when the system has no memory left.
  public func withBand<R>(
    rows: Range<Int>, frames: Range<Int>, scratch: BandScratch,
    _ body: (_ samples: Span<Float>, _ stride: Int) throws(BlitzError) -> R
  ) throws(BlitzError) -> R {
    precondition(!frames.isEmpty && frames.upperBound <= shape.frames, "frames outside the stack")
    let (index, first) = frames.lowerBound.quotientAndRemainder(dividingBy: stretchFrames)
    if first + frames.count <= stretchFrames {
      let store = try loaded(index)
      return try store.withBand(
        rows: rows, frames: first..<first + frames.count, scratch: scratch, body)
    }
    let size = rows.count * shape.rowSize
    return try scratch.withSamples(frames.count * size) { (samples) throws(BlitzError) in
      for (position, frame) in frames.enumerated() {
        var target = samples._mutatingExtracting(position * size..<(position + 1) * size)
        let store = try loaded(frame / stretchFrames)
        let place = frame % stretchFrames
        try store.withBand(rows: rows, frames: place..<place + 1, scratch: scratch) { band, _ in
          for i in band.indices { target[i] = band[i] }
        }
      }
      return try body(samples.span, size)
    }
  }

  /// The samples of a stretch, once all of its frames have arrived.
  private func loaded(_ index: Int) throws(BlitzError) -> SampleStore {
    let isLast = (index + 1) * stretchFrames >= shape.frames
    let (stretch, next) = try state.withLock { (state) throws(BlitzError) in
      (try take(index, &state), isLast ? nil : try take(index + 1, &state))
    }
    stretch.loader.start()
    // A video has one decoder, which two stretches at once would send back and forth.
    if !isVideo { next?.loader.start() }
    stretch.loader.wait()
    next?.loader.start()
    guard stretch.store.isComplete else { throw Self.cancelled }
    note(stretch)
    return stretch.store
  }

  /// The stretch, made when it is not held; the one unused for longest makes room for it.
  private func take(_ index: Int, _ state: inout State) throws(BlitzError) -> Stretch {
    guard !state.isCancelled else { throw Self.cancelled }
    if let place = state.held.firstIndex(where: { $0.index == index }) {
      let stretch = state.held.remove(at: place)
      state.held.append(stretch)
      return stretch
    }
    // Its loader goes on: a reader that is slower than the rest may be waiting for it.
    if state.held.count == stretchesHeld { state.held.removeFirst() }
    let stretch = try stretch(index)
    state.held.append(stretch)
    return stretch
  }

  private func stretch(_ index: Int) throws(BlitzError) -> Stretch {
    let start = index * stretchFrames
    guard let part = plan.part(start..<min(start + stretchFrames, shape.frames)) else {
      preconditionFailure("a stretch outside the stack")
    }
    let store = try SampleStore(shape: part.shape, pool: pool)
    let loader = StackLoader(
      recording: recording, plan: part, options: options, into: store
    ) { [report] event in
      if case .frame(let position) = event { report(.frame(start + position)) }
    }
    return Stretch(index: index, store: store, loader: loader)
  }

  /// Learns which frames of a loaded stretch are damaged.
  private func note(_ stretch: Stretch) {
    state.withLock { state in
      guard state.skipped[stretch.index] == nil else { return }
      state.skipped[stretch.index] = stretch.loader.progress.skipped
      if !stretch.store.isKnownFinite { state.isFinite = false }
      for place in 0..<stretch.store.shape.frames
      where stretch.store.condition(of: place) == .damaged {
        state.damaged.insert(stretch.index * stretchFrames + place)
      }
    }
  }

  private static let cancelled = BlitzError(.cancelled, "reading", "stopped")
}
