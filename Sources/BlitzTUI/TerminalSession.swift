public import BlitzCore
import BlitzModel
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
  public internal(set) var needsRedraw = true
  /// What a person should know about the terminal, such as an unknown type; nil when all is well.
  public let notice: PrintableText?

  var capabilities: Capabilities
  var painter: ScreenPainter
  var policy: RungPolicy
  var drawn: ContinuousClock.Instant?
  /// How drawing goes.
  public internal(set) var meter = Meter()
  var pacer = Pacer()
  var output = OutputBuffer(capacity: 1 << 16)
  let tty: TTY
  let signals: SignalPipe
  private let restore: OutputBuffer
  var decoder = KeyDecoder()
  var decoded: [DecodedInput] = []
  var received = [UInt8](repeating: 0, count: 1 << 14)
  var events: [InputEvent] = []
  var arrived: [TerminalSignal] = []
  var written = 0
  var lastByte: Pacer.Moment?
  var isOpen = true

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
    let isUTF8 = CursesScreen.useLocale()
    let size = tty.size
    (rows, columns) = Self.clamped(rows: size.rows, columns: size.columns)
    let curses = try CursesScreen(type: type, rows: rows, columns: columns)
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
    policy = RungPolicy(isRemote: capabilities.isRemote)
    painter = ScreenPainter(curses: curses)
    painter.depth = capabilities.depth
    learnPixels()
    try enter()
    capabilities.appendQuestions(into: &output)
    flush()
  }

  deinit { close() }

  private static func requireTerminal(
    _ options: TerminalOptions, type: String
  ) throws(BlitzError) {
    let hint = "`blitz frame` shows a frame without one, and `blitz info` says what a recording is"
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
    if painter.curses.isXtermLike { output.append(Escape.pushTitle) }
    output.append(Escape.enableInput)
  }

  /// Restores the terminal; safe to call twice. Nothing may be drawn afterwards.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    quiet()
    tty.leave()
  }

  /// Gives the terminal back, stops the process as Ctrl-Z would, and takes it over again.
  public func suspend() throws(BlitzError) {
    quiet()
    tty.leave()
    painter.suspend()
    tty.stop()
    try takeOver()
  }

  func takeOver() throws(BlitzError) {
    output.removeAll()
    written = 0
    pacer.reset()
    output.append(Escape.cancel)
    try enter()
    readSize()
    redrawAll()
  }

  /// Makes the terminal say nothing more: stops the reports, then reads up to the answer to a last
  /// request. What came later would be typed into the shell.
  private func quiet() {
    output.append(Escape.disableInput)
    if !pacer.isTimed {
      output.append(Escape.requestStatus)
      pacer.sent(bytes: 0, now: .now)
    }
    finishSequence()
    let patience = max(.milliseconds(150), min((pacer.roundTrip ?? .zero) * 3, .seconds(1)))
    let end = ContinuousClock.now + patience
    while pacer.inFlightCount > 0, !arrived.contains(.hangUp),
      case let rest = end - .now, rest > .zero,
      tty.waitUntilReadable(milliseconds: CInt(clamping: rest.milliseconds))
    {
      receive(now: .now)
    }
  }

  /// Sends what waits, as long as the terminal takes it: a sequence cut in half would swallow text.
  private func finishSequence() {
    flush()
    while written < output.count, tty.waitUntilWritable(milliseconds: 200) { flush() }
  }

  /// Forgets what the terminal shows; the next `draw` sends everything.
  public func redrawAll() {
    painter.repaint()
    needsRedraw = true
  }

  private func learnPixels() {
    let size = tty.size
    _ = capabilities.learnAspect(height: size.height / rows, width: size.width / columns)
  }

  func readSize() {
    let size = tty.size
    (rows, columns) = Self.clamped(rows: size.rows, columns: size.columns)
    learnPixels()
    painter.resize(rows: rows, columns: columns)
    needsRedraw = true
  }
}
