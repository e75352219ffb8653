import BlitzCore

/// The line above a trace: what is shown on the left, the values at the playhead on the right.
///
/// Values that do not fit are left out, the selected region's last.
func drawTraceTitle(_ inputs: TracePaneInputs, _ area: CellArea, in grid: inout CellGrid) {
  let title = PrintableText("trace \(inputs.subject.text) \(inputs.statistic.text)")
  let used = drawPaneTitle(title, above: area, in: &grid)
  let entries = inputs.series.map { PrintableText(" \(inputs.legend($0)) ") }
  let order = inputs.series.indices.sorted { a, _ in a == inputs.selected }
  var room = area.columns - used - 1
  let kept = order.filter { index in
    let width = entries[index].text.unicodeScalars.count
    guard width <= room else { return false }
    room -= width
    return true
  }
  var column = area.column + used + 1 + room
  for index in kept.sorted() {
    let weight: TextStyle.Attributes = index == inputs.selected ? .bold : []
    let style = TextStyle(foreground: inputs.series[index].color, weight)
    column += grid.write(entries[index], row: area.row - 1, column: column, style: style)
  }
}

/// The chosen range on the line below a trace.
func drawTraceRange(
  _ inputs: TracePaneInputs, _ area: CellArea, in grid: inout CellGrid
) {
  guard let axis = TraceView.axis(inputs.visible, area: area),
    let range = inputs.range?.clamped(to: inputs.visible), !range.isEmpty
  else { return }
  let row = area.row + area.rows
  let first = area.column + axis.dot(of: range.lowerBound) / 2
  let last = area.column + axis.dot(of: range.upperBound - 1) / 2
  for column in first...last { grid[row, column] = Cell("=") }
  if range.lowerBound == inputs.range?.lowerBound { grid[row, first] = Cell("[", .bold) }
  if range.upperBound == inputs.range?.upperBound { grid[row, last] = Cell("]", .bold) }
}

/// The letters of marks on the line below a trace.
func drawTraceMarks(
  _ inputs: TracePaneInputs, _ area: CellArea, in grid: inout CellGrid
) {
  guard let axis = TraceView.axis(inputs.visible, area: area) else { return }
  for mark in inputs.marks where inputs.visible.contains(mark.position) {
    let column = area.column + axis.dot(of: mark.position) / 2
    grid[area.row + area.rows, column] = Cell(mark.letter, .bold)
  }
}

/// The first and the last frame shown, and between them the peak, on the line below a trace.
func drawTraceFrames(
  _ inputs: TracePaneInputs, _ area: CellArea, peak: String?, in grid: inout CellGrid
) {
  let shown = inputs.visible.clamped(to: 0..<inputs.frames.count)
  guard !shown.isEmpty else { return }
  let row = area.row + area.rows
  let first = " \(inputs.frames[shown.lowerBound]) "
  let last = " \(inputs.frames[shown.upperBound - 1]) "
  let room = area.columns - first.utf8.count - last.utf8.count
  guard room >= 0 else { return }
  grid.write(PrintableText(first), row: row, column: area.column, style: .dim)
  grid.write(
    PrintableText(last), row: row, column: area.column + area.columns - last.utf8.count,
    style: .dim)
  guard let peak else { return }
  let label = PrintableText(" \(peak) ")
  let width = label.text.unicodeScalars.count
  guard width <= room else { return }
  // As near to the middle as hides no mark and no end of the range.
  let left = area.column + first.utf8.count
  let middle = left + (room - width) / 2
  let place = (left...left + room - width).filter { place in
    (place..<place + width).allSatisfy { ["─", "=", " "].contains(grid[row, $0].scalar) }
  }.min { abs($0 - middle) < abs($1 - middle) }
  grid.write(label, row: row, column: place ?? middle)
}
