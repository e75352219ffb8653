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

  /// Stands under the image: no blank, and no ASCII, which ncurses would send again to move over it.
  private static let underImage = Cell("\u{2580}")

  /// The terminal type that terminfo knew: the one asked for, or the usual one.
  let type: String

  private static let usualType = "xterm-256color"

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
  }

  deinit { unsafe blz_curses_close(handle) }

  /// Colours that terminfo claims; negative when it says nothing.
  var colors: Int { Int(unsafe blz_curses_colors(handle)) }

  /// True for terminals of the xterm family: they take titles and answer questions.
  var isXtermLike: Bool { unsafe blz_curses_flag(handle, "XT") != 0 }

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
    let image = grid.image.area.clipped(rows: grid.rows, columns: grid.columns)
    for row in 0..<grid.rows { put(grid, row: row, image, mapping) }
    let cursor = grid.cursor
    unsafe blz_curses_cursor(handle, CInt(cursor?.row ?? -1), CInt(cursor?.column ?? -1))
    var count = 0
    guard let bytes = unsafe blz_curses_update(handle, &count), count > 0 else { return }
    out.append(unsafe UnsafeBufferPointer(start: bytes, count: count).span)
  }

  private mutating func put(
    _ grid: borrowing CellGrid, row: Int, _ image: CellArea, _ mapping: PaletteMapping
  ) {
    for column in 0..<grid.columns {
      let cell = wanted(grid, row, column, image, mapping)
      let i = row * columns + column
      guard cell != cells[i] else { continue }
      cells[i] = cell
      put(cell, row: row, column: column, mapping)
      // A wide character before this cell is gone: what stood there must be said again.
      if column > 0 && cells[i - 1].scalar.columns == 2 && cell.scalar != CellGrid.continuation {
        put(Cell(" ", cells[i - 1].style), row: row, column: column - 1, mapping)
        put(cell, row: row, column: column, mapping)
      }
    }
  }

  private func wanted(
    _ grid: borrowing CellGrid, _ row: Int, _ column: Int, _ image: CellArea,
    _ mapping: PaletteMapping
  ) -> Cell {
    let isASCII = mapping.depth == .ascii
    guard grid.isWritten(row: row, column: column) else {
      guard image.contains(row: row, column: column) else { return .blank }
      return isASCII ? Cell(grid.image.character(row: row, column: column)) : Self.underImage
    }
    let cell = grid[row, column]
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

extension ImagePatch {
  /// The image cell as a character, dark to bright, for terminals without block characters.
  func character(row: Int, column: Int) -> Unicode.Scalar {
    let y = row - area.row
    let x = column - area.column
    let mapping = PaletteMapping(depth: .ascii)
    let top = RGB(pixels[2 * y * pixelColumns + x])
    let bottom = RGB(pixels[(2 * y + 1) * pixelColumns + x])
    let mean = UInt32((top.luma + bottom.luma) / 2)
    let level = mapping.index(of: mean << 16 | mean << 8 | mean, row: y, column: x)
    return Self.ramp[Int(level)]
  }

  private static let ramp: [Unicode.Scalar] = Array(" .:-=+*#%@".unicodeScalars)
}

extension Unicode.Scalar {
  /// What to show for the character where only ASCII can be shown.
  var asciiStandIn: Unicode.Scalar {
    switch value {
    case 0x00A0: " "
    case 0x2500, 0x2501, 0x2013, 0x2014, 0x2212: "-"
    case 0x2502, 0x2503: "|"
    case 0x2504...0x257F: "+"
    case 0x2580...0x2590, 0x2594...0x259F, 0x25A0: "#"
    case 0x2591...0x2593: ":"
    case 0x2800: " "
    case 0x2801...0x28FF: "."
    case 0x2026: "~"
    case 0x25B2, 0x2191: "^"
    case 0x25BC, 0x2193: "v"
    case 0x25B6, 0x25B8, 0x25BA, 0x2192: ">"
    case 0x25C0, 0x25C2, 0x25C4, 0x2190: "<"
    case 0x00B1: "+"
    case 0x00D7: "x"
    case 0x00B7, 0x2022: "."
    default: columns == 0 ? " " : "?"
    }
  }
}
