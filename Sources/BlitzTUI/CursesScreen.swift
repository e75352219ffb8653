import BlitzCore
import CTerminalShims

/// Owns ncurses: the model of the text panes, and the terminal's spelling of text.
///
/// Its bytes go to memory and from there into the one burst, so that nothing but the session writes to
/// the terminal. The image's cells hold a character of ours in the model that is not blank, because
/// ncurses would otherwise erase the image with its line.
@safe struct CursesScreen: ~Copyable {
  private let handle: OpaquePointer
  /// What the model holds; `Cell.unwritten` where it is not known.
  private var cells: [Cell] = []
  private var columns = 0
  /// Cells that ncurses may have written again with the last update, though nothing changed there.
  private(set) var overwritten: [CellArea] = []

  /// Ncurses writes a run of unchanged cells again when that is shorter than moving over it; a move
  /// is never longer than this.
  private static let longestMove = 16

  /// Where pixels lie under the text.
  private typealias PixelAreas = (image: CellArea, bar: CellArea, strip: CellArea)

  /// Stands under the image: no blank, which ncurses would erase with its line; no ASCII, which it would
  /// send again to move over it; and another one in every row, because it scrolls the terminal
  /// where it finds a row again in another place, and the image would scroll along.
  private static func underImage(row: Int) -> Cell {
    Cell(Unicode.Scalar(UInt16(0x2801 + row % 255)) ?? "\u{2580}")
  }

  /// The terminal type that terminfo knew: the one asked for, or the usual one.
  let type: String
  /// True for terminals of the xterm family: they take titles and answer questions.
  let isXtermLike: Bool

  private static let usualType = "xterm-256color"

  /// Takes the character encoding from the environment; true when it is UTF-8.
  static func useLocale() -> Bool { blz_locale_is_utf8() == 1 }

  /// Starts for a terminal type, or for the usual one when terminfo does not know it.
  init(type: String, rows: Int, columns: Int) throws(BlitzError) {
    if let handle = unsafe blz_curses_open(type, CInt(rows), CInt(columns)) {
      unsafe self.handle = handle
      self.type = type
    } else if let handle = unsafe blz_curses_open(Self.usualType, CInt(rows), CInt(columns)) {
      unsafe self.handle = handle
      self.type = Self.usualType
    } else {
      throw BlitzError(
        .system, "terminal", "TERM=\(type) is not known here, nor is \(Self.usualType)",
        hint: "install terminfo's base entries (ncurses-base)")
    }
    isXtermLike = unsafe blz_curses_flag(handle, "XT") != 0
  }

  deinit { unsafe blz_curses_close(handle) }

  /// Colours that terminfo claims; negative when it says nothing.
  var colors: Int { Int(unsafe blz_curses_colors(handle)) }

  /// A string of terminfo.
  func string(_ name: String) -> [UInt8]? {
    guard let value = unsafe blz_curses_string(handle, name) else { return nil }
    return Array(unsafe String(cString: value).utf8)
  }

  /// Everything is sent again with the next update.
  mutating func repaint() { unsafe blz_curses_repaint(handle) }

  /// The terminal was left; the next update enters full-screen mode again.
  mutating func suspend() { unsafe blz_curses_suspend(handle) }

  /// Takes a new size; everything is sent again with the next update.
  mutating func resize(rows: Int, columns: Int) {
    unsafe blz_curses_resize(handle, CInt(rows), CInt(columns))
    cells.removeAll(keepingCapacity: true)
  }

  /// Brings the model to the grid and appends what the terminal needs to follow.
  mutating func update(
    _ grid: borrowing CellGrid, mapping: PaletteMapping, into out: inout OutputBuffer
  ) {
    if cells.count != grid.rows * grid.columns || columns != grid.columns {
      cells.removeAll(keepingCapacity: true)
      cells.append(contentsOf: repeatElement(.unwritten, count: grid.rows * grid.columns))
      columns = grid.columns
    }
    let (image, bar, strip) = (
      grid.image.area.clipped(rows: grid.rows, columns: grid.columns),
      grid.colorBar.area.clipped(rows: grid.rows, columns: grid.columns),
      grid.colorStrip.area.clipped(rows: grid.rows, columns: grid.columns)
    )
    overwritten.removeAll(keepingCapacity: true)
    for row in 0..<grid.rows { put(grid, row: row, (image, bar, strip), mapping) }
    let cursor = grid.cursor
    unsafe blz_curses_cursor(handle, CInt(cursor?.row ?? -1), CInt(cursor?.column ?? -1))
    var count = 0
    guard let bytes = unsafe blz_curses_update(handle, &count), count > 0 else { return }
    out.append(unsafe UnsafeBufferPointer(start: bytes, count: count).span)
  }

  private mutating func put(
    _ grid: borrowing CellGrid, row: Int, _ pixels: PixelAreas, _ mapping: PaletteMapping
  ) {
    var last = -Self.longestMove
    var ink = -1
    for column in 0..<grid.columns {
      let cell = wanted(grid, row, column, pixels, mapping)
      let i = row * columns + column
      // Clearing the start of a line, ncurses writes the first character behind it again.
      if ink < 0 && cell.scalar != " " {
        ink = column
        if last >= 0 { noteOverwritten(row, column, column + 3) }
      }
      guard cell != cells[i] else { continue }
      cells[i] = cell
      put(cell, row: row, column: column, mapping)
      // And next to a wide character, old or new, the neighbours.
      let isNear = column - last <= Self.longestMove
      noteOverwritten(row, isNear ? last + 1 : column - 2, column + 3)
      last = column
    }
  }

  private mutating func noteOverwritten(_ row: Int, _ start: Int, _ end: Int) {
    overwritten.append(CellArea(row: row, column: start, rows: 1, columns: end - start))
  }

  private func wanted(
    _ grid: borrowing CellGrid, _ row: Int, _ column: Int, _ pixels: PixelAreas,
    _ mapping: PaletteMapping
  ) -> Cell {
    let isASCII = mapping.depth == .ascii
    guard grid.isWritten(row: row, column: column) else {
      let isImage = pixels.image.contains(row: row, column: column)
      if isImage, isASCII { return grid.image.cell(row: row, column: column) }
      let isBar =
        pixels.bar.contains(row: row, column: column)
        || pixels.strip.contains(row: row, column: column)
      return isImage || isBar ? Self.underImage(row: row) : .blank
    }
    let cell = grid.wholeCell(row: row, column: column)
    return isASCII && !cell.scalar.isASCII ? Cell(cell.scalar.asciiStandIn, cell.style) : cell
  }

  private func put(_ cell: Cell, row: Int, column: Int, _ mapping: PaletteMapping) {
    guard cell.scalar != CellGrid.continuation else { return }
    unsafe blz_curses_put(
      handle, CInt(row), CInt(column), cell.scalar.value,
      mapping.textColor(cell.style.foreground), mapping.textColor(cell.style.background),
      CInt(cell.style.attributes.rawValue))
  }
}

extension CellGrid {
  /// The cell, or a space where half of a wide character was written over.
  fileprivate borrowing func wholeCell(row: Int, column: Int) -> Cell {
    let cell = self[row, column]
    let isWhole =
      if cell.scalar == Self.continuation {
        column > 0 && self[row, column - 1].scalar.columns == 2
      } else {
        cell.scalar.columns < 2 || self[row, column + 1].scalar == Self.continuation
      }
    return isWhole ? cell : Cell(" ", cell.style)
  }
}
