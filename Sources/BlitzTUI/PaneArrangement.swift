import BlitzModel

/// Where the image and the panes around it lie, without their frames.
///
/// The column profile has the image's rows and the row profile its columns, so that what they show
/// stands beside and under the pixels it comes from; the histogram takes the corner between them.
struct PaneArrangement {
  private(set) var image: CellArea
  private(set) var trace = CellArea.empty
  private(set) var rowProfile = CellArea.empty
  private(set) var columnProfile = CellArea.empty
  private(set) var histogram = CellArea.empty

  /// As many of the wanted panes as a body has room for; without any, the image has no frame.
  static func fitting(_ wanted: PaneSet, in body: CellArea) -> (PaneSet, PaneArrangement) {
    var panes = wanted
    for i in PaneSet.foldingOrder.indices {
      if let arrangement = PaneArrangement(panes, in: body) { return (panes, arrangement) }
      panes.remove(PaneSet.foldingOrder[i])
    }
    return ([], PaneArrangement(image: body))
  }

  private init(image: CellArea) { self.image = image }

  /// Rows from which a third is still an image: those of a terminal of 24.
  private static let roomyRows = 21

  /// Takes room for the colour bar from the image; none where the image would become too small.
  mutating func cutColorBar() -> CellArea {
    let columns = ColorBarView.columns
    guard image.rows >= ColorBarView.leastRows, image.columns >= 2 * columns else { return .empty }
    image.columns -= columns
    return CellArea(
      row: image.row, column: image.column + image.columns, rows: image.rows, columns: columns)
  }

  /// Nil when the image would be left with less than half the columns or a third of the rows; half of
  /// them where several panes crowd a small screen.
  private init?(_ panes: PaneSet, in body: CellArea) {
    if panes.isEmpty { return nil }
    let traceRows = panes.contains(.trace) ? (body.rows * 3 / 10).clamped(to: 5...14) : 0
    let upperRows = body.rows - traceRows
    let sideColumns = panes == .trace ? 0 : (body.columns / 5).clamped(to: 16...34)
    // One row more than the histogram's least: the divider.
    let footRows = panes.contains(.profiles) ? (upperRows / 5).clamped(to: 5...9) : 0
    image = CellArea(
      row: body.row + 1, column: body.column + 1, rows: upperRows - footRows - 2,
      columns: body.columns - sideColumns - 2)
    let isCrowded = body.rows < Self.roomyRows && panes.rawValue.nonzeroBitCount > 1
    guard image.rows >= max(5, body.rows / (isCrowded ? 2 : 3)),
      image.columns >= max(18, body.columns / 2)
    else { return nil }
    let side = (column: image.column + image.columns + 2, columns: sideColumns - 2)
    let foot = (row: image.row + image.rows + 1, rows: footRows - 1)
    if panes.contains(.trace) {
      trace = CellArea(
        row: body.row + upperRows + 1, column: image.column, rows: traceRows - 2,
        columns: body.columns - 2)
    }
    if panes.contains(.profiles) {
      rowProfile = CellArea(
        row: foot.row, column: image.column, rows: foot.rows, columns: image.columns)
      columnProfile = CellArea(
        row: image.row, column: side.column, rows: image.rows, columns: side.columns)
    }
    if panes.contains(.histogram) {
      let rows = panes.contains(.profiles) ? (foot.row, foot.rows) : (image.row, image.rows)
      histogram = CellArea(
        row: rows.0, column: side.column, rows: rows.1, columns: side.columns)
    }
  }
}

extension Comparable {
  /// The nearest value within a range.
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
