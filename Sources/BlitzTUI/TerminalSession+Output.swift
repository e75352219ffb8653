public import BlitzCore

extension TerminalSession {
  /// Height of a cell over its width.
  public var cellAspect: Double { capabilities.cellAspect }
  /// Takes a person's word for the height of a cell over its width; nil goes back to what was measured.
  public func setCellAspect(_ aspect: Double?) { capabilities.fixAspect(aspect) }
  /// How many colours the terminal shows.
  public var colorDepth: ColorDepth { capabilities.depth }

  /// True when the screen shows the image that was last drawn pixel for pixel.
  public var isExact: Bool { painter.isExact }

  /// Milliseconds to wait before `draw`; nil when it may be called now.
  ///
  /// - Parameter playing: Time between frames while a playback runs; nil otherwise, also while scrubbing.
  public func delayBeforeDraw(
    now: ContinuousClock.Instant = .now, playing: Duration? = nil
  ) -> Int? {
    let slowdown = policy.rung == .halfRate ? 2 : 1
    return hasOutput ? 10 : pacer.delay(now: now, playing: playing, slowdown: slowdown)
  }

  /// Brings the screen to the grid in one burst; sends nothing when it is there already.
  ///
  /// The image is sent as exactly as the link allows; what was left out follows with `settle`. Under a
  /// multiplexer a large image comes in parts: `needsRedraw` stays set until all of it was sent. A grid
  /// of another size than the screen is not drawn, and `needsRedraw` stays set, too.
  ///
  /// - Parameter playing: As for `delayBeforeDraw`.
  public func draw(
    _ grid: borrowing CellGrid, now: ContinuousClock.Instant = .now, playing: Duration? = nil
  ) {
    let limit = isCapped ? Self.bytesPerCell * rows * columns - Self.tail : .max
    guard let (bytes, isComplete) = burst(grid, rung: policy.rung, limit: limit, now: now)
    else { return }
    drawn = now
    needsRedraw = !isComplete
    guard bytes > 0 else { return }
    policy.note(
      bytes: bytes, rate: pacer.bytesPerSecond, interval: playing ?? Pacer.timerInterval, now: now)
    meter.note(bytes: bytes, now: now)
    meter.rung = policy.rung
    meter.roundTrip = pacer.roundTrip
  }

  /// Sends a change of text that belongs to what was drawn just before, such as the mark of an approximation.
  ///
  /// It waits for no acknowledgement and asks for none. A grid of another size is left to the next draw.
  public func amend(_ grid: borrowing CellGrid) {
    guard isOpen, grid.rows == rows, grid.columns == columns else { return }
    compactOutput()
    painter.appendText(grid, into: &output)
    flush()
  }

  /// Hands text to the terminal's clipboard; whether it takes it, a terminal does not say.
  ///
  /// - Returns: False where the terminal is of a kind that would show the request as text.
  public func copy(_ text: PrintableText) -> Bool {
    guard isOpen, painter.curses.isXtermLike || capabilities.isMultiplexed else { return false }
    compactOutput()
    output.append(Escape.beginClipboard)
    output.append(base64: Array(text.text.utf8))
    output.append(Escape.endString)
    flush()
    return true
  }

  /// Sends what is missing to the exact image once nothing was drawn for a while: call it when `timeout`
  /// has passed, with the grid that was last drawn.
  ///
  /// Large differences take several calls, so that a key never waits for them.
  ///
  /// - Returns: True when the image has just become exact.
  public func settle(_ grid: borrowing CellGrid, now: ContinuousClock.Instant = .now) -> Bool {
    guard settleDelay(now: now) == 0 else { return false }
    _ = burst(grid, rung: .exact, limit: Self.chunk, now: now)
    return isExact
  }

  /// Milliseconds until `settle` has something to do; nil when the image is exact.
  func settleDelay(now: ContinuousClock.Instant) -> Int? {
    guard !isExact, let drawn else { return nil }
    let rest = max((Self.rest - (now - drawn)).milliseconds, 0)
    return max(rest, delayBeforeDraw(now: now) ?? 0)
  }

  private static let rest = Duration.milliseconds(150)
  /// Largest single write, and slice of a settling image.
  private static let chunk = 32 << 10
  /// What a multiplexer holds for its client, and what may follow the cell that goes beyond a limit.
  private static let bytesPerCell = 8
  private static let tail = 128

  /// Sends one burst; nil when the grid does not fit the screen.
  private func burst(
    _ grid: borrowing CellGrid, rung: Rung, limit: Int, now: Pacer.Moment
  ) -> (bytes: Int, isComplete: Bool)? {
    guard isOpen, grid.rows == rows, grid.columns == columns else {
      needsRedraw = true
      return nil
    }
    needsRedraw = false
    compactOutput()
    let start = output.count
    painter.isSynchronized = capabilities.isSynchronized
    let isComplete = painter.appendFrame(grid, rung: rung, limit: limit, into: &output)
    guard output.count > start else { return (0, isComplete) }
    if !pacer.isTimed { output.append(Escape.requestStatus) }
    pacer.cap = isCapped ? Double(80 * rows * columns) : nil
    pacer.sent(bytes: output.count - start, now: now)
    flush()
    return (output.count - start, isComplete)
  }

  /// Where acknowledgements do not come from the far end, 8 bytes for each cell in 100 ms must do: tmux
  /// throws away what is more.
  private var isCapped: Bool { capabilities.isMultiplexed || pacer.isTimed }

  private func compactOutput() {
    guard written == output.count else { return }
    output.removeAll()
    written = 0
  }

  func flush() {
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
