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
      wanted.noteSent(row: row, column: i - base)
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
    // Behind the last column the cursor waits to wrap: the row is still this one.
    cursorColumn += 1
  }

  @inline(__always)
  private mutating func moveTo(row: Int, column: Int, _ raw: inout MutableRawSpan) {
    guard row != cursorRow || column != cursorColumn else { return }
    defer { (cursorRow, cursorColumn) = (row, column) }
    if row == cursorRow + 1 && column == 0 && cursorRow >= 0 { return append("\r\n", &raw) }
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
