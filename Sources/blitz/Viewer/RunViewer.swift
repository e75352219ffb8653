import ArgumentParser
import BlitzCore
import BlitzIO
import BlitzModel
import BlitzTUI
import Dispatch
import Glibc

/// Opens a recording in the viewer and stays until the person leaves.
func runViewer(
  _ recording: Recording, load options: LoadOptions, start: ViewerStart, screen: ScreenFlags
) throws {
  let plan = try LoadPlan.make(
    for: recording, options: options, memory: MemoryProbe().budget())
  try start.check(in: plan.shape)
  let mailbox = try Mailbox()
  let threads = options.threads ?? max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))))
  let mapped =
    [.map, .cache].contains(plan.strategy)
    ? recording.mappedSource(plan: plan, options: options) : nil
  let store = mapped == nil ? try plan.makeStore() : nil
  guard let stack: any SampleSource = mapped ?? store else { return }
  let desk = CorrectionDesk(
    OpenedStack(viewing: recording, plan, stack, options), options, mailbox: mailbox)
  let projections = ProjectionWorker(desk: desk, threads: threads, mailbox: mailbox)
  let loader = store.map { store in
    let reports = LoadReports(
      store: store, projections: projections, clock: desk.clock,
      skipped: recording.skipped.count, mailbox)
    return StackLoader(
      recording: recording, plan: plan, options: options, into: store, watch: MemoryWatch(),
      report: reports.receive)
  }
  let terminal = try TerminalSession(options: screen.options, environment: environment())
  defer { terminal.close() }
  var state = start.state(facts(recording, plan, options, isStamped: desk.clock.isStamped))
  _ = state.update(.action(.setCells(screen.cells)))
  loader?.want(state.playback.position)
  loader?.start()
  if mapped != nil { mailbox.post(.loading(.whole(frames: plan.shape.frames))) }
  let exports = ExportWorker(
    desk: desk, projections: projections, options: options, mailbox: mailbox)
  let cache = CacheWorker(recording, options, mailbox: mailbox)
  cache.offer(under: plan)
  let session = ViewerSession(
    state: state, desk: desk, loader: loader, projections: projections,
    traces: TraceWorker(desk: desk, threads: threads, mailbox: mailbox), exports: exports,
    cache: cache, mailbox: mailbox, terminal: terminal)
  defer {
    exports.stop()
    cache.stop()
  }
  offerPosition(of: recording, mailbox)
  DispatchQueue.global(qos: .utility).async { mailbox.tellTimes(desk.clock) }
  let code = try session.run()
  loader?.cancel()
  terminal.close()
  if let position = session.position { remember(position, of: recording) }
  if code != 0 { throw ExitCode(code) }
}

/// Looks for the position of an earlier visit, off the event loop: homes may be slow.
private func offerPosition(of recording: Recording, _ mailbox: Mailbox) {
  DispatchQueue.global(qos: .utility).async {
    guard let file = try? PositionFile(environment: environment()),
      let position = file.text(of: recording.location).flatMap({ ViewerPosition(parsing: $0) })
    else { return }
    mailbox.post(.remembered(position))
  }
}

/// Keeps the position for the next visit, or says on leaving why it cannot be kept.
private func remember(_ position: ViewerPosition, of recording: Recording) {
  do throws(BlitzError) {
    try PositionFile(environment: environment()).remember(position.text, of: recording.location)
  } catch {
    Standard.error.write(
      "blitz: the position is not remembered: \(error.subject): \(error.reason)\n")
  }
}

/// What the viewer says about a recording under a plan.
private func facts(
  _ recording: Recording, _ plan: LoadPlan, _ options: LoadOptions, isStamped: Bool
) -> RecordingFacts {
  let description = recording.description
  let bytes =
    plan.strategy == .compact ? plan.bytes : plan.shape.sampleCount * MemoryLayout<Float>.size
  return RecordingFacts(
    name: recording.location.title, format: description.format,
    sourceFrames: description.shape.frames, framesExact: description.framesExact,
    kept: plan.frames, shape: plan.shape, sampleType: description.sampleType,
    residence:
      "\(byteText(bytes)) \([.map, .cache].contains(plan.strategy) ? "mapped" : "in memory")",
    planReason: plan.reason,
    skippedCount: recording.skipped.count,
    framesPerSecond: options.framesPerSecond ?? description.framesPerSecond, isStamped: isStamped,
    exportFolder: isWorkingFolder(recording.location) ? "../" : "")
}

/// True for the folder that we are in: what is saved there would become part of the recording.
private func isWorkingFolder(_ location: FilePath) -> Bool {
  FileKind(location).isSameFile(as: FileKind(FilePath(".")))
}

/// The environment by name; of a name given twice the last counts.
func environment() -> [String: String] {
  var variables: [String: String] = [:]
  var index = 0
  while let text = unsafe environ[index] {
    let pair = unsafe String(cString: text).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
    index += 1
  }
  return variables
}
