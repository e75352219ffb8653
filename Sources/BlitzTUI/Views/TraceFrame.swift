import BlitzCore

/// Draws the lines above and below a trace; keeps the memory of their texts.
struct TraceFrame {
  private var text = ""
  private var isKept: [Bool] = []

  /// The line above: what is shown on the left, the values at the playhead on the right.
  ///
  /// Values that do not fit are left out, the selected region's last.
  mutating func drawTitle(_ inputs: TracePaneInputs, _ area: CellArea, in grid: inout CellGrid) {
    text.removeAll(keepingCapacity: true)
    // So that a number with one more digit takes no more memory.
    text.reserveCapacity(96)
    text += "trace "
    text += inputs.subject.text
    text += " "
    text += inputs.statistic.text
    let used = drawPaneTitle(PrintableText(text), above: area, in: &grid)
    let rest = keepLegends(inputs, room: area.columns - used - 1)
    var column = area.column + used + 1 + rest
    for index in inputs.series.indices where isKept[index] {
      writeLegend(inputs, index)
      let weight: TextStyle.Attributes = index == inputs.selected ? .bold : []
      let style = TextStyle(foreground: inputs.series[index].color, weight)
      column += grid.write(PrintableText(text), row: area.row - 1, column: column, style: style)
    }
  }

  /// Finds the legends that fit, the selected one first; returns the columns left over.
  private mutating func keepLegends(_ inputs: TracePaneInputs, room: Int) -> Int {
    isKept.refill(inputs.series.count, with: false)
    var room = room
    if inputs.series.indices ~= inputs.selected { keepLegend(inputs, inputs.selected, &room) }
    for index in inputs.series.indices where index != inputs.selected {
      keepLegend(inputs, index, &room)
    }
    return room
  }

  private mutating func keepLegend(_ inputs: TracePaneInputs, _ index: Int, _ room: inout Int) {
    writeLegend(inputs, index)
    let width = text.unicodeScalars.count
    guard width <= room else { return }
    room -= width
    isKept[index] = true
  }

  /// ` NAME STAT VALUE ` with the value at the playhead: `nan` where there is none, `-` where it is not
  /// known yet.
  private mutating func writeLegend(_ inputs: TracePaneInputs, _ index: Int) {
    text.removeAll(keepingCapacity: true)
    text += " "
    text += inputs.series[index].shortName.text
    text += " "
    text += inputs.statistic.text
    text += " "
    text += inputs.series[index].value(at: inputs.position)?.text() ?? "-"
    text += " "
  }

  /// The line below: the range, the marks, and the frames shown with the selected series' peak.
  mutating func drawFoot(
    _ inputs: TracePaneInputs, _ area: CellArea, peak: Int?, in grid: inout CellGrid
  ) {
    drawRange(inputs, area, in: &grid)
    drawMarks(inputs, area, in: &grid)
    drawFrames(inputs, area, peak: peak, in: &grid)
  }

  private func drawRange(_ inputs: TracePaneInputs, _ area: CellArea, in grid: inout CellGrid) {
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

  private func drawMarks(_ inputs: TracePaneInputs, _ area: CellArea, in grid: inout CellGrid) {
    guard let axis = TraceView.axis(inputs.visible, area: area) else { return }
    for mark in inputs.marks where inputs.visible.contains(mark.position) {
      let column = area.column + axis.dot(of: mark.position) / 2
      grid[area.row + area.rows, column] = Cell(mark.letter, .bold)
    }
  }

  /// The first and the last frame shown, and between them the peak.
  private mutating func drawFrames(
    _ inputs: TracePaneInputs, _ area: CellArea, peak: Int?, in grid: inout CellGrid
  ) {
    let shown = inputs.visible.clamped(to: 0..<inputs.frames.count)
    guard !shown.isEmpty else { return }
    let row = area.row + area.rows
    writeNumber(inputs.frames[shown.upperBound - 1])
    let last = text.utf8.count
    writeNumber(inputs.frames[shown.lowerBound])
    let first = text.utf8.count
    let room = area.columns - first - last
    guard room >= 0 else { return }
    grid.write(PrintableText(text), row: row, column: area.column, style: .dim)
    writeNumber(inputs.frames[shown.upperBound - 1])
    grid.write(
      PrintableText(text), row: row, column: area.column + area.columns - last, style: .dim)
    guard let peak, 0..<inputs.frames.count ~= peak else { return }
    writePeak(inputs, at: peak)
    let width = text.unicodeScalars.count
    guard width <= room else { return }
    let left = area.column + first
    grid.write(
      PrintableText(text), row: row,
      column: Self.place(width, from: left, to: left + room - width, row: row, grid))
  }

  /// As near to the middle as hides no mark and no end of the range; else the middle itself.
  private static func place(
    _ width: Int, from left: Int, to right: Int, row: Int, _ grid: borrowing CellGrid
  ) -> Int {
    let middle = left + (right - left) / 2
    for distance in 0...right - left {
      let (before, behind) = (middle - distance, middle + distance)
      if before >= left, isFree(before..<before + width, row, grid) { return before }
      if behind <= right, isFree(behind..<behind + width, row, grid) { return behind }
    }
    return middle
  }

  private static func isFree(
    _ columns: Range<Int>, _ row: Int, _ grid: borrowing CellGrid
  ) -> Bool {
    for column in columns {
      let scalar = grid[row, column].scalar
      guard scalar == "─" || scalar == "=" || scalar == " " else { return false }
    }
    return true
  }

  private mutating func writeNumber(_ number: Int) {
    text.removeAll(keepingCapacity: true)
    text += " "
    text += number.description
    text += " "
  }

  /// ` peak NAME VALUE frame N TIME ` for a position of the selected series.
  private mutating func writePeak(_ inputs: TracePaneInputs, at position: Int) {
    let frame = inputs.frames[position]
    let series = inputs.series[inputs.selected]
    text.removeAll(keepingCapacity: true)
    text += " peak "
    text += series.shortName.text
    text += " "
    text += series.values[position].text()
    text += " frame "
    text += frame.description
    let stamp = inputs.times.indices ~= frame ? inputs.times[frame] : nil
    if let seconds = stamp ?? inputs.framesPerSecond?.seconds(atFrame: frame) {
      text += " "
      seconds.writeTime(to: &text)
    }
    text += " "
  }
}
