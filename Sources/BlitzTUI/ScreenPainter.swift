import BlitzCore

/// Cell grids to the bytes that make the terminal show them: text through ncurses, the image through
/// the renderer, the title. Knows no terminal device, so that tests can read what would be sent.
struct ScreenPainter: ~Copyable {
  /// Text panes.
  var curses: CursesScreen
  /// Image pane.
  var renderer = Renderer()
  /// The bars of its colours.
  private var bar = Renderer(), strip = Renderer()
  /// How colours are spelt; a change means drawing everything anew, text too.
  var depth: ColorDepth = .rgb {
    didSet { if depth != oldValue { repaint() } }
  }
  /// True when updates can be made to appear at once.
  var isSynchronized = false

  /// True when the last frame stands, or will stand, as the grid wants it, pixel for pixel.
  private(set) var isExact = true

  private var title = PrintableText("")

  init(curses: consuming CursesScreen) { self.curses = curses }

  /// Forgets what the terminal shows; the next frame sends everything.
  mutating func repaint() {
    curses.repaint()
    invalidate()
  }

  /// Takes a new size, and forgets what the terminal shows.
  mutating func resize(rows: Int, columns: Int) {
    curses.resize(rows: rows, columns: columns)
    invalidate()
  }

  /// The terminal was left: the next frame enters full-screen mode again.
  mutating func suspend() {
    curses.suspend()
    invalidate()
    title = PrintableText("")
  }

  private mutating func invalidate() {
    renderer.invalidate()
    bar.invalidate()
    strip.invalidate()
  }

  /// Appends one burst that brings the terminal to the grid; nothing when it shows it already.
  ///
  /// - Parameters:
  ///   - rung: How exactly the image is sent.
  ///   - limit: Bytes after which to stop drawing the image; the rest comes with a later call.
  /// - Returns: True when the whole image is on its way.
  mutating func appendFrame(
    _ grid: borrowing CellGrid, rung: Rung, limit: Int = .max, into out: inout OutputBuffer
  ) -> Bool {
    let start = out.count
    if isSynchronized { out.append(Escape.beginSynchronized) }
    let beginning = out.count
    appendText(grid, into: &out)
    (bar.depth, strip.depth) = (depth, depth)
    // A few cells each, which hardly ever change: always whole, and always exact.
    _ = bar.encode(grid.colorBar, of: grid, rung: .exact, into: &out)
    _ = strip.encode(grid.colorStrip, of: grid, rung: .exact, into: &out)
    // An image that rests exactly stays so, whatever text or cursor moves over it.
    renderer.depth = depth
    let rung =
      isExact && rung != .exact && renderer.nearlyShows(grid.image, of: grid) ? .exact : rung
    renderer.depth = rung.depth(on: depth)
    let rest = limit == .max ? .max : max(limit - (out.count - start), 1)
    let isComplete = renderer.encode(
      grid.image, of: grid, rung: rung, limit: rest, into: &out)
    isExact = isComplete && renderer.isExact && renderer.depth == depth
    if out.count == beginning {
      out.truncate(to: start)
    } else if isSynchronized {
      out.append(Escape.endSynchronized)
    }
    return isComplete
  }

  /// Appends what brings the terminal's text to the grid, and leaves the image to the next frame.
  mutating func appendText(_ grid: borrowing CellGrid, into out: inout OutputBuffer) {
    appendTitle(grid.title, into: &out)
    curses.update(grid, mapping: PaletteMapping(depth: depth), into: &out)
    for i in curses.overwritten.indices {
      renderer.invalidate(curses.overwritten[i])
      bar.invalidate(curses.overwritten[i])
      strip.invalidate(curses.overwritten[i])
    }
  }

  private mutating func appendTitle(_ wanted: PrintableText, into out: inout OutputBuffer) {
    guard curses.isXtermLike, wanted != title else { return }
    title = wanted
    out.append(Escape.beginTitle)
    out.append(wanted.text.utf8)
    out.append(Escape.endString)
  }
}
