public import BlitzCore
import Dispatch
import Glibc
import Synchronization

/// Fills a store with the frames of a plan, on its own threads.
///
/// A frame is decoded into its worker's memory and then converted in place into the store, so a
/// decoder that hangs holds nothing that others need: after `budget` its frame is given up as
/// damaged and another worker takes its place.
public final class StackLoader: Sendable {
  private let recording: Recording
  private let plan: LoadPlan
  private let options: LoadOptions
  private let store: any FrameStore
  private let report: @Sendable (LoadEvent) -> Void
  private let budget: Duration
  private let memory: MemoryWatch?
  private let state: Mutex<State>
  private let ended = DispatchGroup()

  private struct State {
    var queue: LoadQueue
    var summary = LoadSummary()
    /// What each worker is at; one that is not listed has been given up.
    var tasks: [Int: Task] = [:]
    var startedWorkers = 0
    var abandonedWorkers = 0
    /// Workers still counted on, and one more while they are being started.
    var active = 0
    /// Loaded bytes at which memory is looked at again.
    var nextLook = 0
    var isStarted = false
    var isCancelled = false
  }

  /// What a worker is busy with: a kept frame, or none yet.
  private struct Task {
    var frame: Int?
    var start = ContinuousClock.now
  }

  /// Workers beyond this many hung ones are not replaced: each may still burn a processor.
  private static let abandonedLimit = 8

  /// Prepares loading; `report` is called from the loader's threads.
  ///
  /// - Parameters:
  ///   - plan: Made for this recording and these options, strategy `memory`, `compact` or `step`.
  ///   - store: Of the plan's shape, as `LoadPlan.makeStore` makes it.
  ///   - watch: Stops the loading when memory runs short, as if it were cancelled; nil never does.
  public convenience init(
    recording: Recording, plan: LoadPlan, options: LoadOptions, into store: any FrameStore,
    watch: MemoryWatch? = nil, report: @escaping @Sendable (LoadEvent) -> Void
  ) {
    self.init(
      recording: recording, plan: plan, options: options, into: store, watch: watch,
      budget: .seconds(10), report: report)
  }

  init(
    recording: Recording, plan: LoadPlan, options: LoadOptions, into store: any FrameStore,
    watch: MemoryWatch? = nil, budget: Duration, report: @escaping @Sendable (LoadEvent) -> Void
  ) {
    precondition(store.shape == plan.shape, "the store is not of the plan's shape")
    (self.recording, self.plan, self.options) = (recording, plan, options)
    (self.store, self.report, self.budget, memory) = (store, report, budget, watch)
    state = Mutex(State(queue: LoadQueue(count: plan.frames.count)))
  }

  /// How many threads decode: as asked for, else one for each processor.
  static func workerCount(_ options: LoadOptions) -> Int {
    min(max(options.threads ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), 256)
  }

  /// How far loading is.
  public var progress: LoadSummary { state.withLock { $0.summary } }

  /// Starts the workers; a second call does nothing.
  public func start() {
    let isFirst = state.withLock { state in
      defer { state.isStarted = true }
      return !state.isStarted
    }
    guard isFirst else { return }
    ended.enter()
    state.withLock { $0.active = 1 }
    for _ in 0..<min(Self.workerCount(options), plan.frames.count) { addWorker() }
    release()
    scheduleWatch()
  }

  /// Moves a kept frame to the head of the queue.
  public func want(_ frame: Int) { state.withLock { $0.queue.want(frame) } }

  /// Stops after the frames now being decoded; those that have arrived stay usable.
  public func cancel() { state.withLock { $0.isCancelled = true } }

  /// Waits until all workers have ended or were given up; at once when not started.
  public func wait() { ended.wait() }

  // MARK: Workers

  private func addWorker() {
    let worker = state.withLock { state in
      state.active += 1
      state.startedWorkers += 1
      state.tasks[state.startedWorkers] = Task()
      return state.startedWorkers
    }
    if !WorkerThread.start({ self.work(worker) }) { retire(worker) }
  }

  private func work(_ worker: Int) {
    let frame = DecodedFrame()
    let source = recording.description.shape
    let transform = FrameTransform(
      FrameGeometry(rows: source.rows, columns: source.columns, options: options),
      channels: plan.shape.channels, options: options, exactly: plan.storedType)
    let scratch = BandScratch()
    while let position = take(worker) {
      load(position, frame, transform, scratch)
      lookAtMemory()
    }
    retire(worker)
  }

  private func take(_ worker: Int) -> Int? {
    state.withLock { state in
      guard state.tasks[worker] != nil, !state.isCancelled, let position = state.queue.take()
      else { return nil }
      state.tasks[worker] = Task(frame: position)
      return position
    }
  }

  /// Stops the loading when what is left of memory no longer allows for more.
  private func lookAtMemory() {
    guard let memory else { return }
    let frameBytes = plan.shape.frameSize * (plan.storedType?.byteCount ?? SampleType.f32.byteCount)
    let loaded = state.withLock { state -> Int? in
      let loaded = state.summary.arrived * frameBytes
      guard loaded >= state.nextLook else { return nil }
      state.nextLook = loaded + memory.interval
      return loaded
    }
    guard let loaded, let shortage = memory.shortage(taken: loaded) else { return }
    state.withLock { state in
      state.summary.shortage = shortage
      state.isCancelled = true
    }
  }

  private func retire(_ worker: Int) {
    let wasCounted = state.withLock { $0.tasks.removeValue(forKey: worker) != nil }
    if wasCounted { release() }
  }

  /// One worker fewer; the last one ends the loading.
  private func release() {
    let isLast = state.withLock { state in
      state.active -= 1
      return state.active == 0
    }
    if isLast { finish() }
  }

  private func finish() {
    // Frames remain only where it was cancelled or no worker was left to take them.
    while let position = state.withLock({ $0.isCancelled ? nil : $0.queue.take() }) {
      giveUp(position, "no decoder was left to read it")
    }
    let summary = state.withLock { state in
      state.summary.isCancelled = state.isCancelled && state.summary.arrived < plan.frames.count
      if !state.summary.isCancelled { state.summary.shortage = nil }
      return state.summary
    }
    report(.finished(summary))
    ended.leave()
  }

  // MARK: Frames

  private func load(
    _ position: Int, _ frame: DecodedFrame, _ transform: FrameTransform, _ scratch: BandScratch
  ) {
    frame.report = DecodeReport()
    var condition = decode(position, into: frame)
    let mismatch = condition == .complete ? transform.mismatch(frame) : nil
    if let mismatch {
      condition = .damaged
      frame.report.problem = mismatch
    }
    let isPublished = store.fill(
      frame: position, scratch: scratch, areFinite: transform.keepsFinite(frame)
    ) { samples in
      if condition == .complete { transform.apply(frame, into: &samples) }
      return condition
    }
    // Otherwise it took too long and was given up.
    guard isPublished else { return }
    note(position, condition, frame.report, isOtherSize: mismatch != nil)
  }

  private func decode(_ position: Int, into frame: DecodedFrame) -> FrameCondition {
    do throws(BlitzError) {
      let source = plan.frames[position]
      let condition = try recording.reader.decode(source, color: options.color, into: frame)
      return condition == .complete ? .complete : .damaged
    } catch {
      frame.report.problem = error.reason.text
      return .damaged
    }
  }

  private func giveUp(_ position: Int, _ problem: String) {
    guard store.fill(frame: position, scratch: BandScratch(), areFinite: false, { _ in .damaged })
    else { return }
    var report = DecodeReport()
    report.problem = problem
    note(position, .damaged, report, isOtherSize: false)
  }

  private func note(
    _ position: Int, _ condition: FrameCondition, _ decoding: DecodeReport, isOtherSize: Bool
  ) {
    state.withLock { state in
      state.summary.arrived += 1
      state.summary.warnings += decoding.warnings
      state.summary.bytesRead += decoding.bytesRead
      guard condition == .damaged else { return }
      state.summary.damaged += 1
      state.summary.otherSizes += isOtherSize ? 1 : 0
      let problem = decoding.problem ?? "damaged"
      state.summary.skipped.append(recording.skippedFrame(plan.frames[position], problem))
    }
    report(.frame(position))
  }

  // MARK: Hung decoders

  private func scheduleWatch() {
    let interval = budget / 10
    let (seconds, attoseconds) = interval.components
    let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    DispatchQueue.global(qos: .utility).asyncAfter(
      deadline: .now() + .nanoseconds(max(nanoseconds, 1_000_000))
    ) { [weak self] in self?.watch() }
  }

  /// Gives up what has exceeded its time; the thread is left to itself and replaced.
  private func watch() {
    let now = ContinuousClock.now
    let (hung, isOver) = state.withLock { state in
      let late = state.tasks.filter { $0.value.frame != nil && now - $0.value.start > budget }
      for worker in late.keys { state.tasks[worker] = nil }
      return (late.values.compactMap(\.frame), state.active == 0)
    }
    for position in hung {
      giveUp(position, "decoding took longer than \(budget)")
      let mayReplace = state.withLock { state in
        state.abandonedWorkers += 1
        return state.abandonedWorkers <= Self.abandonedLimit
      }
      if mayReplace { addWorker() }
      release()
    }
    if !isOver { scheduleWatch() }
  }
}
