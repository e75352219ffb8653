/// The state of drawing image cells within one burst: the place of the cursor, the colours set.
struct ImageBurst {
  private let area: CellArea
  private let screenRows, screenColumns: Int
  private var encoder: CellEncoder
  private var cursor: CellCursor
  /// Where the next byte goes.
  private(set) var position: Int

  init(area: CellArea, screenRows: Int, screenColumns: Int, depth: ColorDepth, at position: Int) {
    (self.area, self.screenRows, self.screenColumns) = (area, screenRows, screenColumns)
    encoder = CellEncoder(depth: depth)
    encoder.beginBurst()
    cursor = CellCursor(screenColumns: screenColumns)
    self.position = position
  }

  /// Draws the cells that differ, from the top left on, and notes them in `shown`.
  ///
  /// - Returns: False when it stopped because more than `limit` bytes were written.
  mutating func drawRows(
    of wanted: [UInt64], over shown: inout [UInt64], from start: Int, limit: Int,
    to raw: inout MutableRawSpan
  ) -> Bool {
    let want = wanted.span
    var have = shown.mutableSpan
    for i in start..<want.count where want[i] != have[i] {
      if want[i] != WantedCells.covered {
        guard position < limit else { return false }
        let isLast = i + 1 == want.count || (i + 1) % area.columns == 0
        draw(ImageCell(want[i]), next: ImageCell(want[isLast ? i : i + 1]), at: i, &raw)
      }
      have[i] = want[i]
    }
    return true
  }

  /// Draws the cells that were gathered, pair of colours by pair, and notes them in `shown`.
  ///
  /// - Returns: False when it stopped because more than `limit` bytes were written.
  mutating func draw(
    _ groups: inout CellGroups, of wanted: [UInt64], over shown: inout [UInt64], limit: Int,
    to raw: inout MutableRawSpan
  ) -> Bool {
    let want = wanted.span
    var have = shown.mutableSpan
    var pen = Pen()
    while let group = next(in: &groups, after: pen, want, have) {
      let first = groups.remaining.take(group)
      guard drawCells(from: first, groups.nextCell.span, want, &have, limit, &raw) else {
        return false
      }
      pen.drew(ImageCell(want[Int(first)]), of: groups.remaining.colors(of: group), by: encoder)
    }
    return true
  }

  private mutating func drawCells(
    from first: Int32, _ next: Span<Int32>, _ want: Span<UInt64>,
    _ have: inout MutableSpan<UInt64>, _ limit: Int, _ raw: inout MutableRawSpan
  ) -> Bool {
    var index = first
    while index != CellGroups.none {
      guard position < limit else { return false }
      let i = Int(index)
      draw(ImageCell(want[i]), next: ImageCell(want[i]), at: i, &raw)
      have[i] = want[i]
      index = next[i]
    }
    return true
  }

  /// The group that costs least to go on with: the one at the cursor if its colours are set, one of cells in a
  /// colour that is, the one at the cursor if it shares a colour, any that does, the one at the cursor, the foremost.
  private func next(
    in groups: inout CellGroups, after pen: Pen, _ want: Span<UInt64>,
    _ have: borrowing MutableSpan<UInt64>
  ) -> Int32? {
    let here = cell(atCursorOf: want, have).map { groups.groupOfCell[$0] }
    let shared = here.map { pen.shared(groups.remaining.colors(of: $0)) } ?? 0
    if shared == 2 { return here }
    return groups.remaining.even(of: pen.foreground) ?? groups.remaining.even(of: pen.background)
      ?? (shared == 1 ? here : nil)
      ?? groups.remaining.first(needing: pen.foreground) ?? groups.remaining.first(
        needing: pen.background)
      ?? here ?? groups.remaining.foremost()
  }

  /// The cell where the cursor stands, if it is still to be drawn.
  private func cell(
    atCursorOf want: Span<UInt64>, _ have: borrowing MutableSpan<UInt64>
  ) -> Int? {
    let (row, column) = (cursor.row - area.row, cursor.column - area.column)
    guard cursor.row >= 0, row < area.rows, column < area.columns else { return nil }
    let index = row * area.columns + column
    return have[index] == want[index] ? nil : index
  }

  @inline(__always)
  private mutating func draw(
    _ cell: ImageCell, next: ImageCell, at index: Int, _ raw: inout MutableRawSpan
  ) {
    // Half as long as a division of words; an area has less than 2^32 cells.
    let (row, column) = UInt32(truncatingIfNeeded: index)
      .quotientAndRemainder(dividingBy: UInt32(truncatingIfNeeded: area.columns))
    cursor.move(
      toRow: area.row + Int(row), column: area.column + Int(column), &raw, at: &position)
    // The last cell of the screen would scroll it.
    let isCorner = cursor.row == screenRows - 1 && cursor.column == screenColumns - 1
    if isCorner { append(Escape.autowrapOff, &raw) }
    encoder.append(cell, next: next, to: &raw, at: &position)
    if isCorner { append(Escape.autowrapOn, &raw) }
    cursor.advance()
  }

  private mutating func append(_ text: StaticString, _ raw: inout MutableRawSpan) {
    for i in 0..<text.utf8CodeUnitCount {
      raw.storeBytes(of: unsafe text.utf8Start[i], toByteOffset: position, as: UInt8.self)
      position += 1
    }
  }
}
