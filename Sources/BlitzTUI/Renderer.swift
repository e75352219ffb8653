/// Sends the image cells that differ from what the terminal shows.
///
/// What it believes the terminal shows changes only by bytes that it has put into the output, so
/// any frame may be left out and any frame may be cut short without harm.
struct Renderer {
  /// How colours are spelt; a change means drawing everything anew.
  var depth: ColorDepth = .rgb {
    didSet { if depth != oldValue { invalidate() } }
  }

  private(set) var area = CellArea.empty
  private var screenRows = 0
  private var screenColumns = 0
  private var shown: [UInt64] = []
  private var wanted = WantedCells()

  init() {}

  /// Forgets what the terminal shows: all of the image is sent again.
  mutating func invalidate() {
    for i in shown.indices { shown[i] = ImageCell.unknown.word }
  }

  /// Appends what makes the terminal show the grid's image; nothing when it already does.
  ///
  /// - Parameters:
  ///   - grid: Its text covers the image; covered cells are left alone.
  ///   - rung: How exactly.
  ///   - limit: Stops early once so many bytes were appended; a later call goes on from there.
  /// - Returns: True when the terminal will show all of it.
  /// - Complexity: O(cells); allocates only when the image's area changes or output outgrows the buffer.
  mutating func encode(
    _ grid: borrowing CellGrid, rung: Rung, limit: Int = .max, into out: inout OutputBuffer
  ) -> Bool {
    place(grid)
    guard !area.isEmpty, depth != .ascii else { return true }
    wanted.compute(grid, rung: rung, depth: depth)
    return send(limit: limit, into: &out)
  }

  private mutating func place(_ grid: borrowing CellGrid) {
    let target = grid.image.area.clipped(rows: grid.rows, columns: grid.columns)
    guard
      target != area || grid.rows != screenRows || grid.columns != screenColumns
        || shown.count != target.rows * target.columns
    else { return }
    area = target
    (screenRows, screenColumns) = (grid.rows, grid.columns)
    shown.removeAll(keepingCapacity: true)
    shown.append(
      contentsOf: repeatElement(ImageCell.unknown.word, count: area.rows * area.columns))
    wanted.resize(cells: shown.count)
  }

  private mutating func send(limit: Int, into out: inout OutputBuffer) -> Bool {
    guard let start = firstDifference() else { return true }
    let before = out.count
    out.append(Escape.saveCursor)
    out.append(Escape.resetStyle)
    out.reserve(min(limit, shown.count * CellEncoder.maximumBytes) + 256)
    var isComplete = true
    out.fill { raw, from in
      var burst = ImageBurst(
        area: area, screenRows: screenRows, screenColumns: screenColumns, depth: depth, at: from)
      isComplete = burst.draw(
        &wanted, over: &shown, from: start, limit: limit == .max ? .max : before + limit, to: &raw)
      return burst.position
    }
    if out.count == before + Escape.saveCursor.utf8CodeUnitCount
      + Escape.resetStyle.utf8CodeUnitCount
    {
      out.truncate(to: before)
    } else {
      out.append(Escape.resetStyle)
      out.append(Escape.restoreCursor)
    }
    return isComplete
  }

  private func firstDifference() -> Int? {
    let want = wanted.cells.span
    let have = shown.span
    for i in have.indices where want[i] != have[i] { return i }
    return nil
  }
}

/// The state of drawing image cells within one burst: the place of the cursor, the colours set.
struct ImageBurst {
  private let area: CellArea
  private let screenRows, screenColumns: Int
  private var encoder: CellEncoder
  private var cursorRow = -1
  private var cursorColumn = -1
  /// Where the next byte goes.
  private(set) var position: Int

  init(area: CellArea, screenRows: Int, screenColumns: Int, depth: ColorDepth, at position: Int) {
    (self.area, self.screenRows, self.screenColumns) = (area, screenRows, screenColumns)
    encoder = CellEncoder(depth: depth)
    encoder.beginBurst()
    self.position = position
  }

  /// Draws the cells that differ, from the top left on, and notes them in `shown`.
  ///
  /// - Returns: False when it stopped because more than `limit` bytes were written.
  mutating func draw(
    _ wanted: inout WantedCells, over shown: inout [UInt64], from start: Int, limit: Int,
    to raw: inout MutableRawSpan
  ) -> Bool {
    var have = shown.mutableSpan
    var row = start / area.columns
    var first = start % area.columns
    while row < area.rows {
      guard drawRow(row, from: first, &wanted, &have, limit, &raw) else { return false }
      row += 1
      first = 0
    }
    return true
  }

  private mutating func drawRow(
    _ row: Int, from first: Int, _ wanted: inout WantedCells, _ have: inout MutableSpan<UInt64>,
    _ limit: Int, _ raw: inout MutableRawSpan
  ) -> Bool {
    let base = row * area.columns
    let end = base + area.columns
    for i in base + first..<end {
      let want = wanted.cells[i]
      guard want != have[i] else { continue }
      have[i] = want
      if want == WantedCells.covered { continue }
      guard position < limit else {
        have[i] = ImageCell.unknown.word
        return false
      }
      let next = ImageCell(i + 1 < end ? wanted.cells[i + 1] : want)
      let column = area.column + i - base
      moveTo(row: area.row + row, column: column, &raw)
      draw(ImageCell(want), next: next, isCorner: isCorner(area.row + row, column), &raw)
      wanted.noteSent(i)
    }
    return true
  }

  private func isCorner(_ row: Int, _ column: Int) -> Bool {
    row == screenRows - 1 && column == screenColumns - 1
  }

  @inline(__always)
  private mutating func draw(
    _ cell: ImageCell, next: ImageCell, isCorner: Bool, _ raw: inout MutableRawSpan
  ) {
    // The last cell of the screen would scroll it.
    if isCorner { append(Escape.autowrapOff, &raw) }
    encoder.append(cell, next: next, to: &raw, at: &position)
    if isCorner { append(Escape.autowrapOn, &raw) }
    cursorColumn += 1
    // Behind the last column the cursor waits to wrap, and terminals differ in where it is.
    if cursorColumn == screenColumns { cursorRow = -1 }
  }

  @inline(__always)
  private mutating func moveTo(row: Int, column: Int, _ raw: inout MutableRawSpan) {
    guard row != cursorRow || column != cursorColumn else { return }
    raw.storeBytes(of: 0x5B1B, toByteOffset: position, as: UInt16.self)  // ESC [
    position += 2
    if row == cursorRow && column > cursorColumn {
      if column > cursorColumn + 1 { append(decimal: column - cursorColumn, &raw) }
      append(UInt8(ascii: "C"), &raw)
    } else {
      append(decimal: row + 1, &raw)
      if column > 0 {
        append(UInt8(ascii: ";"), &raw)
        append(decimal: column + 1, &raw)
      }
      append(UInt8(ascii: "H"), &raw)
    }
    (cursorRow, cursorColumn) = (row, column)
  }

  private mutating func append(_ byte: UInt8, _ raw: inout MutableRawSpan) {
    raw.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
    position += 1
  }

  private mutating func append(decimal value: Int, _ raw: inout MutableRawSpan) {
    if value >= 10 { append(decimal: value / 10, &raw) }
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10), &raw)
  }

  private mutating func append(_ text: StaticString, _ raw: inout MutableRawSpan) {
    for i in 0..<text.utf8CodeUnitCount { append(unsafe text.utf8Start[i], &raw) }
  }
}

extension CellArea {
  /// The part inside a screen of `rows` by `columns`.
  func clipped(rows screenRows: Int, columns screenColumns: Int) -> CellArea {
    let top = min(max(row, 0), screenRows)
    let left = min(max(column, 0), screenColumns)
    return CellArea(
      row: top, column: left, rows: min(row + rows, screenRows) - top,
      columns: min(column + columns, screenColumns) - left)
  }
}
