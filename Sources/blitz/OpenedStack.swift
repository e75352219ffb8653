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
  /// The frames as loaded.
  let source: any SampleSource
  /// Frames that can be held at a time, where the stack is read in passes.
  let stretchFrames: Int?
  /// Threads for whatever is computed from them.
  let threads: Int
  /// Frames a second, as the person says or the recording knows.
  let rate: FrameRate?
  private let damaged: @Sendable () -> [SkippedInput]

  /// Opens and, where it fits, loads; says the plan and shows the progress.
  ///
  /// - Throws: `cancelled` when a signal came meanwhile, or what opening, planning and reading throw.
  static func open(
    _ path: FilePath, _ options: LoadOptions, _ work: Work
  ) throws(BlitzError) -> OpenedStack {
    try open(Recording.open(path, options: options).verified(), options, work)
  }

  /// As above, of a recording that is open.
  static func open(
    _ recording: Recording, _ options: LoadOptions, _ work: Work
  ) throws(BlitzError) -> OpenedStack {
    let plan = try LoadPlan.make(
      for: recording, options: options, memory: MemoryProbe().budget(), keepsEveryFrame: true)
    work.console.say(plan, of: recording)
    switch plan.strategy {
    case .stream: return stream(recording, plan, options, work)
    case .map:
      if let source = recording.mappedSource(plan: plan, options: options) {
        return OpenedStack(recording, plan, source, options) { [] }
      }
      return stream(recording, plan, options, work)
    default: return try load(recording, plan, options, work)
    }
  }

  /// Inputs that took no part, the damaged frames among what was read so far included.
  var skipped: [SkippedInput] { recording.skipped + damaged() }

  /// Those among `skipped` that are frames.
  var damagedFrames: [SkippedInput] { damaged() }

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
  ) throws(BlitzError) -> OpenedStack {
    let store = try SampleStore(shape: plan.shape)
    let line = work.console.progress("loading")
    let loader = StackLoader(recording: recording, plan: plan, options: options, into: store) {
      event in
      guard case .frame = event else { return }
      let arrived = store.arrivedCount
      line?.show(Double(arrived) / Double(store.shape.frames)) { seconds in
        byteText(Double(arrived * store.shape.frameSize * 4) / seconds) + "/s"
      }
    }
    work.interruption.whenRaised { loader.cancel() }
    loader.start()
    loader.wait()
    guard store.isComplete else { throw BlitzError(.cancelled, recording.path, "stopped") }
    return OpenedStack(recording, plan, store, options) { loader.progress.skipped }
  }
}
