import BlitzCore
import BlitzIO
import BlitzModel
import BlitzTUI
import Glibc

/// The event loop: one thread that sleeps, drains what has happened, and draws at most once.
final class ViewerSession {
  private var state: ViewerState
  private var screen = ScreenView()
  private var grid: CellGrid
  private var picture = Picture()
  private var asked = AskedPicture()
  private var hold = DrawHold()
  private var nextTick: ContinuousClock.Instant?
  private var isOver = false
  private let terminal: TerminalSession
  private let mailbox: Mailbox
  private let desk: CorrectionDesk
  private let stack: any SampleSource
  private let pictures: PictureWorker
  private let traces: TraceWorker
  private var askedTraces: TraceRequest?
  /// What is to be remembered of this visit; nil for nothing.
  private(set) var position: ViewerPosition?
  private let effects: EffectRunner

  init(
    state: ViewerState, desk: CorrectionDesk, loader: StackLoader?,
    projections: ProjectionWorker, traces: TraceWorker, exports: ExportWorker, cache: CacheWorker,
    mailbox: Mailbox, terminal: TerminalSession
  ) {
    (self.traces, self.desk) = (traces, desk)
    (self.state, stack, self.mailbox, self.terminal) = (state, desk.raw, mailbox, terminal)
    grid = CellGrid(rows: terminal.rows, columns: terminal.columns)
    pictures = PictureWorker(desk: desk, projections: projections, mailbox: mailbox)
    effects = EffectRunner(
      recording: desk.recording, loader: loader, projections: projections, exports: exports,
      cache: cache, mailbox: mailbox)
    touch()
    if let notice = terminal.notice { apply(.notice(notice)) }
  }

  /// Runs until the person quits or the terminal is gone.
  ///
  /// - Returns: The exit code: 0, or 128 + signal when one ended it.
  func run() throws(BlitzError) -> Int32 {
    while !isOver {
      sleep()
      for event in terminal.readInput() { apply(message(for: event)) }
      if let code = try takeSignals() { return code }
      for message in mailbox.drain() { apply(message) }
      tick()
      followScreen()
      askForWork()
      drawIfDue()
      settle()
    }
    return 0
  }

  // MARK: - Waiting

  private func sleep() {
    let output: Int16 = terminal.hasOutput ? Int16(POLLOUT) : 0
    var descriptors = [
      pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN) | output, revents: 0),
      pollfd(fd: terminal.signalDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = unsafe poll(&descriptors, nfds_t(descriptors.count), timeout())
  }

  /// Milliseconds until something is due without anything happening; -1 for never.
  private func timeout() -> Int32 {
    let now = ContinuousClock.now
    var waits: [Int] = []
    if let wait = terminal.timeout(now: now) { waits.append(wait) }
    if let wait = asked.delay(before: state.pictureRequest, now: now) {
      waits.append(wait.milliseconds)
    }
    if let nextTick { waits.append(max(0, (nextTick - now).milliseconds)) }
    if hold.isDirty || terminal.needsRedraw {
      waits.append(
        terminal.delayBeforeDraw(now: now, playing: playInterval)
          ?? hold.delay(for: state, now: now).milliseconds)
    }
    return Int32(clamping: waits.min() ?? -1)
  }

  private var playInterval: Duration? {
    state.playback.isPlaying ? .seconds(state.playback.interval) : nil
  }

  // MARK: - What happened

  private func message(for event: InputEvent) -> Message {
    switch event {
    case .key(let key): return .key(key)
    case .paste(let text): return .paste(text)
    case .mouse(let report):
      let layout = ScreenLayout(rows: grid.rows, columns: grid.columns, panes: state.wantedPanes)
      return .pointer(PointerEvent(layout?.target(of: report, in: state) ?? .elsewhere, report))
    }
  }

  private func takeSignals() throws(BlitzError) -> Int32? {
    for signal in terminal.takeSignals() {
      switch signal {
      case .interrupt:
        apply(.action(.interrupt))
        if isOver { return 128 + SIGINT }
      case .suspend: apply(.action(.suspend))
      case .terminate: return 128 + SIGTERM
      case .quit: return 128 + SIGQUIT
      case .hangUp: return 128 + SIGHUP
      }
    }
    guard effects.takeSuspension() else { return nil }
    try terminal.suspend()
    return nil
  }

  private func apply(_ message: Message) {
    let before = state
    for effect in state.update(message) { perform(effect) }
    if state != before { touch() }
    switch message {
    case .picture(let facts):
      asked.take(facts)
      if hasArrived(facts) { asked.forget() }
      if pictures.exchange(with: &picture) { touch() }
    case .loading where state.isWaiting: asked.forget()
    case .projecting(let plane, 1, _):
      // What was asked for is shown even when a dragged range has gone on meanwhile.
      if let request = asked.request, request.plane == plane || state.awaits(plane) {
        pictures.ask(request)
      }
    case .corrected:
      asked.forget()
      askedTraces = nil
    default: break
    }
  }

  /// True when a frame that was missing is there by now: the message that said so may have come
  /// before this answer, and no other one follows.
  private func hasArrived(_ facts: PictureFacts) -> Bool {
    guard facts.condition == .pending, case .frame(let position) = facts.request.plane,
      let source = desk.source(facts.request.corrections)
    else { return false }
    return source.condition(of: position) != .pending
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .exit: isOver = true
    case .redraw:
      terminal.redrawAll()
      touch()
    case .remember(let position): self.position = position
    case .copy(let text):
      if !terminal.copy(PrintableText(text)) {
        apply(.notice(PrintableText("this terminal has no clipboard: \(text)")))
      }
    default: effects.perform(effect)
    }
  }

  private func touch() { hold.change(now: .now) }

  private func tick() {
    guard state.playback.isPlaying else {
      nextTick = nil
      return
    }
    let now = ContinuousClock.now
    guard let due = nextTick else {
      nextTick = now + .seconds(state.playback.interval)
      return
    }
    guard now >= due else { return }
    // A slow link slows playing down; no frame is left out.
    nextTick = max(due + .seconds(state.playback.interval), now)
    if !hold.isDirty { apply(.playTick) }
  }

  // MARK: - Screen

  private func followScreen() {
    if grid.rows != terminal.rows || grid.columns != terminal.columns {
      grid = CellGrid(rows: terminal.rows, columns: terminal.columns)
    }
    if terminal.needsRedraw { touch() }
    let layout = ScreenLayout(rows: grid.rows, columns: grid.columns, panes: state.wantedPanes)
    let panes = layout?.panes ?? []
    if panes != state.visiblePanes { apply(.panes(panes)) }
    let canvas =
      layout?.canvas(cellAspect: state.cellAspect ?? terminal.cellAspect, cells: state.cells)
      ?? Viewport.Canvas(columns: 0, rows: 0)
    if canvas != state.canvas { apply(.canvas(canvas)) }
  }

  /// Sends the workers what the state needs and they were not asked for yet.
  private func askForWork() {
    let now = ContinuousClock.now
    if let request = state.pictureRequest, asked.delay(before: request, now: now) == .zero {
      asked.ask(request, now: now)
      pictures.ask(request)
    }
    if let request = state.traceRequest, request != askedTraces {
      askedTraces = request
      hold.askForTraces(now: now)
      traces.ask(request)
    }
  }

  private func drawIfDue() {
    let now = ContinuousClock.now
    guard hold.isDirty, !isOver,
      terminal.delayBeforeDraw(now: now, playing: playInterval) == nil,
      hold.delay(for: state, now: now) == .zero
    else { return }
    hold.draw()
    screen.draw(inputs, in: &grid)
    let wasExact = terminal.isExact
    terminal.draw(grid, now: now, playing: playInterval)
    if terminal.isExact != wasExact { markExactness() }
  }

  /// Sends what lossy frames left out, once nothing moves.
  private func settle() {
    if !hold.isDirty, terminal.settle(grid) { markExactness() }
  }

  /// Whether the image is exact shows only when its bytes are made; the mark of it follows them at once,
  /// as a draw of its own would wait for another round trip.
  private func markExactness() {
    screen.redrawStatus(inputs, in: &grid)
    terminal.amend(grid)
  }

  private var inputs: ScreenInputs {
    ScreenInputs(
      state: state, picture: picture, stack: stack, isExact: terminal.isExact,
      meter: state.overlay == .meter ? terminal.meter.lines : [], depth: terminal.colorDepth)
  }
}

extension Duration {
  /// Whole milliseconds, rounded up so that a wait is never too short.
  fileprivate var milliseconds: Int {
    Int((self / .milliseconds(1)).rounded(.up))
  }
}
