import BlitzCore

extension CellGrid {
  /// Opens an empty box in the middle of an area, over whatever is there.
  ///
  /// - Parameters:
  ///   - rows, columns: What is wanted inside, without the frame and a space on either side.
  /// - Returns: What there is inside; nil when there is not room for a row of ten columns.
  mutating func openBox(
    titled title: String, rows: Int, columns: Int, in area: CellArea
  ) -> CellArea? {
    let height = min(rows, area.rows - 2)
    let width = min(max(columns, title.unicodeScalars.count + 2), area.columns - 4)
    guard height > 0, width >= 10 else { return nil }
    let inner = CellArea(
      row: area.row + (area.rows - height) / 2, column: area.column + (area.columns - width) / 2,
      rows: height, columns: width)
    let padded = CellArea(
      row: inner.row, column: inner.column - 1, rows: height, columns: width + 2)
    fill(padded)
    drawFrame(around: padded)
    drawPaneTitle(PrintableText(title), above: padded, in: &self)
    return inner
  }

  /// Writes into the frame under a box, on the right.
  mutating func writeFoot(_ text: String, of inner: CellArea) {
    let foot = PrintableText(" \(text) ")
    let width = foot.text.unicodeScalars.count
    guard width <= inner.columns else { return }
    write(foot, row: inner.row + inner.rows, column: inner.column + inner.columns - width)
  }
}

/// Which line of a list stands first so that the selected one is in view, in the middle if possible.
func firstLine(showing selected: Int, of count: Int, rows: Int) -> Int {
  min(max(selected - rows / 2, 0), max(count - rows, 0))
}
