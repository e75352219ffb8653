public import BlitzCore
public import BlitzModel
import CTerminalShims
import Glibc

/// The terminal while the viewer runs: screen out, keys in, everything as found at the end.
///
/// One owner, one thread. Nothing here blocks: bytes that the terminal does not take wait in the
/// session until `inputDescriptor` is writable. Whatever ends the process (return, error, signal, trap)
/// restores the terminal, `SIGKILL` excepted.
public final class TerminalSession {
  /// Rows of the screen, at least 1.
  public private(set) var rows: Int
  /// Columns of the screen, at least 1.
  public private(set) var columns: Int
  /// True after a resize, a reply of the terminal or a return from the background made the screen
  /// stale; cleared by `draw`.
  public private(set) var needsRedraw = true
  /// What a person should know about the terminal, such as an unknown type; nil when all is well.
  public let notice: PrintableText?

  var capabilities: Capabilities
  var renderer = Renderer()
  var pacer = Pacer()
  var output = OutputBuffer(capacity: 1 << 16)
  private let tty: TTY
  private let signals: SignalPipe
  private var curses: CursesScreen
  private let restore: OutputBuffer
  private var decoder = KeyDecoder()
  private var decoded: [DecodedInput] = []
  private var received = [UInt8](repeating: 0, count: 1 << 14)
  private var events: [InputEvent] = []
  private var arrived: [TerminalSignal] = []
  private var written = 0
  private var lastByte: Pacer.Moment?
  private var title = PrintableText("")
  private var isOpen = true

  /// Largest single write.
  private static let chunk = 32 << 10

  /// Takes over the terminal: raw mode, full screen, mouse.
  ///
  /// - Parameter environment: `TERM`, `COLORTERM`, `NO_COLOR` and what multiplexers set.
  /// - Throws: `usage` when there is no terminal or it cannot move a cursor; nothing is changed then.
  public init(
    options: TerminalOptions = TerminalOptions(), environment: [String: String]
  ) throws(BlitzError) {
    let type = environment["TERM"] ?? ""
    try Self.requireTerminal(options, type: type)
    tty = try TTY(path: options.devicePath)
    signals = try SignalPipe()
    let isUTF8 = blz_locale_is_utf8() == 1
    let size = tty.size
    (rows, columns) = Self.clamped(rows: size.rows, columns: size.columns)
    curses = try CursesScreen(type: type, rows: rows, columns: columns)
    notice =
      curses.type == type
      ? nil : PrintableText("TERM=\(type) is not known here; taken for \(curses.type)")
    capabilities = Capabilities(
      options: options, environment: environment, terminfoColors: curses.colors, isUTF8: isUTF8,
      isXtermLike: curses.isXtermLike)
    restore = Self.restoreSequence(
      hasTitle: curses.isXtermLike, hasScreen: curses.string("rmcup") != nil)
    for (name, key) in TerminfoKeys.table {
      if let spelling = curses.string(name) { decoder.learn(spelling, as: key) }
    }
    renderer.depth = capabilities.depth
    learnPixels()
    try enter()
    capabilities.appendQuestions(into: &output)
    flush()
  }

  deinit { close() }

  private static func requireTerminal(
    _ options: TerminalOptions, type: String
  ) throws(BlitzError) {
    let hint = "blitz info, frame, project and trace work without a terminal"
    if options.devicePath == nil && (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
      throw BlitzError(.usage, "terminal", "input or output is not one", hint: hint)
    }
    if type.isEmpty || type == "dumb" {
      throw BlitzError(
        .usage, "terminal", "TERM=\(type) cannot place a cursor", hint: hint)
    }
  }

  private static func restoreSequence(hasTitle: Bool, hasScreen: Bool) -> OutputBuffer {
    var bytes = OutputBuffer(capacity: 256)
    bytes.append(Escape.cancel)
    bytes.append(Escape.endSynchronized)
    bytes.append(Escape.disableInput)
    bytes.append(Escape.resetStyle)
    bytes.append(Escape.autowrapOn)
    if hasTitle { bytes.append(Escape.popTitle) }
    bytes.append(hasScreen ? Escape.leave : Escape.leaveCleared)
    return bytes
  }

  private static func clamped(rows: Int, columns: Int) -> (Int, Int) {
    // Serial lines report nothing; then the size of the first terminals is as good as any.
    (rows > 0 ? min(rows, 1000) : 24, columns > 0 ? min(columns, 1000) : 80)
  }

  private func enter() throws(BlitzError) {
    try tty.enter(restore: restore)
    if curses.isXtermLike { output.append(Escape.pushTitle) }
    output.append(Escape.enableInput)
    title = PrintableText("")
  }

  /// Restores the terminal; safe to call twice. Nothing may be drawn afterwards.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    tty.leave()
  }

  /// Gives the terminal back, stops the process as Ctrl-Z would, and takes it over again.
  public func suspend() throws(BlitzError) {
    finishSequence()
    tty.leave()
    curses.suspend()
    tty.stop()
    try takeOver()
  }

  private func takeOver() throws(BlitzError) {
    output.removeAll()
    written = 0
    pacer.reset()
    output.append(Escape.cancel)
    try enter()
    readSize()
    redrawAll()
  }

  /// Sends what waits, as long as the terminal takes it: a sequence cut in half would swallow text.
  private func finishSequence() {
    flush()
    while written < output.count, tty.waitUntilWritable(milliseconds: 200) { flush() }
  }

  /// Forgets what the terminal shows; the next `draw` sends everything.
  public func redrawAll() {
    curses.repaint()
    renderer.invalidate()
    needsRedraw = true
  }

  private func learnPixels() {
    let size = tty.size
    _ = capabilities.learnAspect(height: size.height / rows, width: size.width / columns)
  }

  private func readSize() {
    let size = tty.size
    (rows, columns) = Self.clamped(rows: size.rows, columns: size.columns)
    learnPixels()
    curses.resize(rows: rows, columns: columns)
    renderer.invalidate()
    needsRedraw = true
  }
}

// MARK: - Input

extension TerminalSession {
  /// To poll for input, and for room to write while `hasOutput`.
  public var inputDescriptor: CInt { tty.descriptor }
  /// To poll for signals; `readInput` takes them.
  public var signalDescriptor: CInt { signals.descriptor }
  /// True while bytes wait for the terminal to take them: poll `inputDescriptor` for writing too, and
  /// call `readInput` when it is writable.
  public var hasOutput: Bool { written < output.count }

  /// Takes all that is waiting: keys, mouse reports, pasted text. Resizes and the terminal's replies are
  /// handled inside and show as `needsRedraw`.
  ///
  /// Call it whenever a descriptor is ready or `timeout` has passed. Never blocks.
  public func readInput(now: ContinuousClock.Instant = .now) -> [InputEvent] {
    for arrival in signals.drain() { take(arrival) }
    receive(now: now)
    flush()
    if let expiry = decoder.expiry, let lastByte, now - lastByte >= expiry {
      decoder.expire(into: &decoded)
      dispatch(now: now)
    }
    pacer.expire(now: now, isBlocked: hasOutput || tty.backlog > 0)
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  /// Signals that concern the viewer, in order, since the last call. A lost terminal is `hangUp`.
  public func takeSignals() -> [TerminalSignal] {
    defer { arrived.removeAll(keepingCapacity: true) }
    return arrived
  }

  /// Milliseconds after which `readInput` must be called though no descriptor is ready; nil: never.
  public func timeout(now: ContinuousClock.Instant = .now) -> Int? {
    guard let expiry = decoder.expiry, let lastByte else { return nil }
    return max((expiry - (now - lastByte)).milliseconds, 0)
  }

  private func take(_ arrival: SignalPipe.Arrival) {
    switch arrival {
    case .reported(let signal): arrived.append(signal)
    case .resized: readSize()
    case .continued:
      // Stopped from outside: whoever had the terminal meanwhile left it in other modes.
      do { try takeOver() } catch { arrived.append(.hangUp) }
    }
  }

  private func receive(now: Pacer.Moment) {
    // Bounded, so that a flood of input cannot keep a frame from being drawn.
    for _ in 0..<16 {
      guard let count = tty.read(into: &received) else {
        if !arrived.contains(.hangUp) { arrived.append(.hangUp) }
        return
      }
      guard count > 0 else { return }
      lastByte = now
      for i in 0..<count { decoder.feed(received[i], into: &decoded) }
      dispatch(now: now)
    }
  }

  private func dispatch(now: Pacer.Moment) {
    for item in decoded {
      switch item {
      case .event(let event): events.append(event)
      case .reply(.acknowledged): pacer.acknowledged(now: now)
      case .reply(let reply):
        if capabilities.apply(reply, rows: rows, columns: columns) {
          renderer.depth = capabilities.depth
          needsRedraw = true
        }
      }
    }
    decoded.removeAll(keepingCapacity: true)
  }
}

// MARK: - Output

extension TerminalSession {
  /// Height of a cell over its width.
  public var cellAspect: Double { capabilities.cellAspect }
  /// Takes a person's word for the height of a cell over its width; nil goes back to what was measured.
  public func setCellAspect(_ aspect: Double?) { capabilities.fixAspect(aspect) }
  /// How many colours the terminal shows.
  public var colorDepth: ColorDepth { capabilities.depth }

  /// Milliseconds to wait before `draw`; nil when it may be called now.
  ///
  /// - Parameter playing: Time between frames while a playback runs; nil otherwise, also while scrubbing.
  public func delayBeforeDraw(
    now: ContinuousClock.Instant = .now, playing: Duration? = nil
  ) -> Int? {
    hasOutput ? 10 : pacer.delay(now: now, playing: playing)
  }

  /// Brings the screen to the grid in one burst; sends nothing when it is there already.
  ///
  /// A grid of another size than the screen is not drawn: `needsRedraw` stays set.
  public func draw(_ grid: borrowing CellGrid, now: ContinuousClock.Instant = .now) {
    guard isOpen, grid.rows == rows, grid.columns == columns else {
      needsRedraw = true
      return
    }
    needsRedraw = false
    compactOutput()
    let start = output.count
    if capabilities.isSynchronized { output.append(Escape.beginSynchronized) }
    let beginning = output.count
    appendTitle(grid.title)
    curses.update(grid, mapping: PaletteMapping(depth: capabilities.depth), into: &output)
    _ = renderer.encode(grid, rung: .exact, into: &output)
    endBurst(from: start, beginning: beginning, now: now)
  }

  private func endBurst(from start: Int, beginning: Int, now: Pacer.Moment) {
    guard output.count > beginning else { return output.truncate(to: start) }
    if capabilities.isSynchronized { output.append(Escape.endSynchronized) }
    if !pacer.isTimed { output.append(Escape.requestStatus) }
    pacer.sent(bytes: output.count - start, now: now)
    flush()
  }

  private func appendTitle(_ wanted: PrintableText) {
    guard curses.isXtermLike, wanted != title else { return }
    title = wanted
    output.append(Escape.beginTitle)
    output.append(wanted.text.utf8)
    output.append(Escape.endString)
  }

  private func compactOutput() {
    guard written == output.count else { return }
    output.removeAll()
    written = 0
  }

  private func flush() {
    while written < output.count {
      let end = min(written + Self.chunk, output.count)
      guard let count = tty.write(output.bytes[written..<end]) else {
        if !arrived.contains(.hangUp) { arrived.append(.hangUp) }
        written = output.count
        return
      }
      guard count > 0 else { return }
      written += count
    }
  }
}
