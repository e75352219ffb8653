import BlitzCore
import BlitzIO
import BlitzKernels
import Glibc

/// A recording made ready for a command: in memory, or read in passes where that is too small.
///
/// Every wanted frame can be read through `source`; frames are positions among the kept ones.
struct OpenedStack {
  let recording: Recording
  let plan: LoadPlan
  /// The frames as loaded.
  let source: any SampleSource
  /// Threads for whatever is computed from them.
  let threads: Int
  private let late: @Sendable () -> [SkippedInput]

  /// Opens and, where it fits, loads; says the plan and shows the progress.
  ///
  /// - Throws: `cancelled` when a signal came meanwhile, or what opening, planning and reading throw.
  static func open(
    _ path: String, _ options: LoadOptions, _ work: Work
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
    return plan.strategy == .stream
      ? OpenedStack(streaming: recording, plan, options, work)
      : try OpenedStack(loading: recording, plan, options, work)
  }

  /// True for an input that concerns the frames read: all inputs but other files of a folder.
  func isAbout(_ input: SkippedInput) -> Bool { late().contains(input) }

  /// Inputs that took no part, the damaged frames among what was read so far included.
  var skipped: [SkippedInput] { recording.skipped + late() }

  /// Frames a second, as the person says or the recording knows.
  let rate: FrameRate?

  private init(
    streaming recording: Recording, _ plan: LoadPlan, _ options: LoadOptions,
    _ work: Work
  ) {
    let stack = StreamedStack(
      recording, plan: plan, options: options, multiple: 96)
    work.interruption.whenRaised { stack.cancel() }
    self.init(recording, plan, stack, options) { stack.skipped }
  }

  private init(
    loading recording: Recording, _ plan: LoadPlan, _ options: LoadOptions, _ work: Work
  ) throws(BlitzError) {
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
    guard store.isComplete else {
      throw BlitzError(.cancelled, recording.path, "stopped while loading; nothing was written")
    }
    self.init(recording, plan, store, options) { loader.progress.skipped }
  }

  private init(
    _ recording: Recording, _ plan: LoadPlan, _ source: any SampleSource, _ options: LoadOptions,
    late: @escaping @Sendable () -> [SkippedInput]
  ) {
    (self.recording, self.plan, self.source, self.late) = (recording, plan, source, late)
    threads = options.threads ?? max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
    rate = options.framesPerSecond ?? recording.description.framesPerSecond
  }
}
