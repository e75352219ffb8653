import BlitzCore
import BlitzIO
import BlitzKernels
import Glibc

/// A recording made ready for a command: in its file, in memory, or read in passes, by its plan.
///
/// Every wanted frame can be read through `source`; frames are positions among the kept ones.
struct OpenedStack {
  let recording: Recording
  let plan: LoadPlan
  /// The frames as loaded, corrected where that was asked for.
  let source: any SampleSource
  /// What was done to them besides loading, in words.
  private(set) var corrections: [String] = []
  /// Frames that can be held at a time, where the stack is read in passes.
  let stretchFrames: Int?
  /// Threads for whatever is computed from them.
  let threads: Int
  /// Frames a second, as the person says or the recording knows.
  let rate: FrameRate?
  private let damaged: @Sendable () -> [SkippedInput]

  /// Opens and, where it fits, loads; says the plan and shows the progress.
  ///
  /// - Parameter check: Looks at the stack as it will be, before anything is loaded.
  /// - Throws: `cancelled` when a signal came meanwhile, or what opening, planning and reading throw.
  static func open(
    _ path: FilePath, _ options: LoadOptions, _ work: Work,
    access: LoadPlan.Access = .everyFrame,
    check: (StackShape) throws(BlitzError) -> Void = { _ in }
  ) throws(BlitzError) -> OpenedStack {
    let recording = try Recording.open(path, options: options).verified()
    return try open(recording, options, work, access: access, check: check)
  }

  /// As above, of a recording that is open.
  ///
  /// Where memory runs short while it is loaded, what is free then decides once more how.
  static func open(
    _ recording: Recording, _ options: LoadOptions, _ work: Work,
    access: LoadPlan.Access = .everyFrame,
    check: (StackShape) throws(BlitzError) -> Void = { _ in }
  ) throws(BlitzError) -> OpenedStack {
    if let stack = try openAsPlanned(recording, options, work, access, check) { return stack }
    if let stack = try openAsPlanned(recording, options, work, access, check) { return stack }
    throw BlitzError(
      .limit, recording.path, "memory ran short twice while it was loaded",
      hint: "load less with --range, --size or --crop, or use less with --max-ram")
  }

  /// Nil when memory ran short; then nothing of the stack is held.
  private static func openAsPlanned(
    _ recording: Recording, _ options: LoadOptions, _ work: Work, _ access: LoadPlan.Access,
    _ check: (StackShape) throws(BlitzError) -> Void
  ) throws(BlitzError) -> OpenedStack? {
    let plan = try LoadPlan.make(
      for: recording, options: options, memory: MemoryProbe().budget(), access: access)
    try check(plan.shape)
    work.console.say(plan, of: recording)
    work.console.sayNotes(of: recording)
    switch plan.strategy {
    case .stream: return stream(recording, plan, options, work)
    case .map, .cache:
      if let source = recording.mappedSource(plan: plan, options: options) {
        return OpenedStack(
          recording, plan, source, options, stretchFrames: source.stretchFrames
        ) { [] }
      }
      return stream(recording, plan, options, work)
    default: return try load(recording, plan, options, work)
    }
  }

  /// Inputs that took no part, the damaged frames among what was read so far included.
  var skipped: [SkippedInput] { recording.skipped + damaged() }

  /// Those among `skipped` that are frames.
  var damagedFrames: [SkippedInput] { damaged() }

  /// Refuses a stack of which no frame could be read: what was computed of it means nothing. To be asked
  /// once all of it has been read.
  func requireReadableFrames() throws(BlitzError) {
    let damaged = damagedFrames
    guard damaged.count >= plan.frames.count, let first = damaged.first else { return }
    throw BlitzError(
      .damagedInput, recording.path, "no frame can be read; the first: \(first.reason)",
      hint: "nothing was written; blitz info \(recording.path) lists what is wrong")
  }

  /// A stack that a viewer loads by itself.
  init(
    viewing recording: Recording, _ plan: LoadPlan, _ source: any SampleSource,
    _ options: LoadOptions
  ) {
    let stretchFrames = (source as? MappedStack)?.stretchFrames
    self.init(recording, plan, source, options, stretchFrames: stretchFrames) { [] }
  }

  /// The same stack with corrected frames.
  init(_ raw: OpenedStack, _ corrected: CorrectedSource, corrections: [String]) {
    (recording, plan, source) = (raw.recording, raw.plan, corrected)
    (stretchFrames, threads, rate) = (raw.stretchFrames, raw.threads, raw.rate)
    (damaged, self.corrections) = (raw.damaged, corrections)
  }

  private init(
    _ recording: Recording, _ plan: LoadPlan, _ source: any SampleSource, _ options: LoadOptions,
    stretchFrames: Int? = nil, damaged: @escaping @Sendable () -> [SkippedInput]
  ) {
    (self.recording, self.plan, self.source) = (recording, plan, source)
    (self.stretchFrames, self.damaged) = (stretchFrames, damaged)
    threads = options.threads ?? max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
    rate = options.framesPerSecond ?? recording.description.framesPerSecond
  }

  private static func stream(
    _ recording: Recording, _ plan: LoadPlan, _ options: LoadOptions, _ work: Work
  ) -> OpenedStack {
    let stack = StreamedStack(
      recording, plan: plan, options: options, multiple: StackProjector.blockFrames)
    work.interruption.whenRaised { stack.cancel() }
    return OpenedStack(
      recording, plan, stack, options, stretchFrames: stack.stretchFrames
    ) { stack.skipped }
  }

  private static func load(
    _ recording: Recording, _ plan: LoadPlan, _ options: LoadOptions, _ work: Work
  ) throws(BlitzError) -> OpenedStack? {
    let store = try plan.makeStore()
    let line = work.console.progress("loading")
    let loader = StackLoader(
      recording: recording, plan: plan, options: options, into: store, watch: MemoryWatch()
    ) { event in
      guard case .frame = event else { return }
      let arrived = store.arrivedCount
      line?.show(Double(arrived) / Double(store.shape.frames)) { seconds in
        byteText(Double(arrived * store.shape.frameSize * 4) / seconds) + "/s"
      }
    }
    // Weak: a stack given up for want of memory must go at once.
    work.interruption.whenRaised { [weak loader] in loader?.cancel() }
    loader.start()
    loader.wait()
    let summary = loader.progress
    if let shortage = summary.shortage {
      work.console.say(
        "\(PrintableText(recording.path)): memory ran short after \(summary.arrived) of "
          + "\(store.shape.frames) frames: \(shortage.text); beginning anew")
      return nil
    }
    guard !summary.isCancelled else { throw BlitzError(.cancelled, recording.path, "stopped") }
    return OpenedStack(recording, plan, store, options) { summary.skipped }
  }
}
