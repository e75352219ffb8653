import BlitzCore
import BlitzModel

/// Draws the open sheet, if any, in a frame over the image.
func drawSheet(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
  switch inputs.state.overlay {
  case .exports: drawPanel(exportPanel(inputs.state), area: area, in: &grid)
  case .help: drawText(helpLines(), inputs, area, in: &grid)
  case .info: drawText(infoLines(inputs.state), inputs, area, in: &grid)
  case .regions: drawText(regionLines(inputs.state), inputs, area, in: &grid)
  case .corrections: drawPanel(correctionPanel(inputs.state), area: area, in: &grid)
  case .palette: drawPalette(PaletteInputs(inputs.state.palette), area: area, in: &grid)
  case .files:
    drawFileList(inputs.state.files, shown: inputs.state.frame, area: area, in: &grid)
  case .meter: drawText(inputs.meter.map { SheetLine(lead: $0.text) }, inputs, area, in: &grid)
  case nil: break
  }
}

/// A line of a sheet: what it is about, and what there is to say.
private struct SheetLine {
  var lead: String
  var text = ""

  /// The line within a width: the text goes on below itself, or below the lead where that leaves it
  /// little room.
  func broken(_ width: Int) -> [String] {
    let whole = lead + text
    guard whole.unicodeScalars.count > width, width > 8 else { return [whole] }
    let column = lead.unicodeScalars.count
    guard !text.isEmpty, width - column < 20 else {
      return pieces(of: text.isEmpty ? lead : text, after: text.isEmpty ? "" : lead, width)
    }
    return PrintableText(lead).lines(width: width - 2).map { "  " + $0.text }
      + pieces(of: text, after: "    ", width)
  }

  private func pieces(of text: String, after start: String, _ width: Int) -> [String] {
    let column = start.unicodeScalars.count
    return PrintableText(text).lines(width: width - column).enumerated().map { index, line in
      (index == 0 ? start : String(repeating: " ", count: column)) + line.text
    }
  }
}

/// Lines of text, as many as fit; those that are too long go on in the next.
private func drawText(
  _ sheet: [SheetLine], _ inputs: ScreenInputs, _ area: CellArea, in grid: inout CellGrid
) {
  let lines = sheet.flatMap { $0.broken(area.columns - 4) }
  let width = min(area.columns, (lines.map(\.unicodeScalars.count).max() ?? 0) + 4)
  let height = min(area.rows, lines.count + 2)
  guard width > 4, height > 2 else { return }
  let box = CellArea(
    row: area.row + (area.rows - height) / 2, column: area.column + (area.columns - width) / 2,
    rows: height, columns: width)
  let top = min(inputs.state.overlayTop, lines.count - (height - 2))
  drawFrame(box, in: &grid)
  for row in 0..<height - 2 {
    grid.write(
      PrintableText(lines[top + row]), row: box.row + 1 + row, column: box.column + 2,
      width: width - 4)
  }
  if lines.count > height - 2 {
    let more = PrintableText(" Up Down \(top + height - 2)/\(lines.count) ")
    grid.write(more, row: box.row + height - 1, column: box.column + 2, width: width - 4)
  }
}

/// An empty box with a border that hides what is under it.
private func drawFrame(_ box: CellArea, in grid: inout CellGrid) {
  let last = (row: box.row + box.rows - 1, column: box.column + box.columns - 1)
  for row in box.row...last.row {
    for column in box.column...last.column {
      let isEdge = (
        row == box.row || row == last.row, column == box.column || column == last.column
      )
      grid[row, column] = Cell(isEdge.0 ? "─" : isEdge.1 ? "│" : " ", .dim)
    }
  }
  grid[box.row, box.column] = Cell("┌", .dim)
  grid[box.row, last.column] = Cell("┐", .dim)
  grid[last.row, box.column] = Cell("└", .dim)
  grid[last.row, last.column] = Cell("┘", .dim)
}

private func helpLines() -> [SheetLine] {
  var lines: [SheetLine] = []
  for section in HelpSection.allCases {
    if !lines.isEmpty { lines.append(SheetLine(lead: "")) }
    lines.append(SheetLine(lead: section.rawValue))
    for binding in keymapTable where binding.section == section {
      let keys = binding.keys.map(\.description).joined(separator: " ")
      lines.append(SheetLine(lead: "  " + keys.padded(to: 22), text: binding.summary))
    }
  }
  lines += [SheetLine(lead: ""), SheetLine(lead: "Commands")]
  for command in commandTable {
    lines.append(
      SheetLine(lead: "  " + ":\(command.name)".padded(to: 22), text: command.summary))
  }
  return lines
}

private func regionLines(_ state: ViewerState) -> [SheetLine] {
  guard !state.visibleRegions.isEmpty else {
    return [
      SheetLine(lead: "no region yet"),
      SheetLine(lead: "r, e, n draw one; Y pins the probed pixel"),
    ]
  }
  return state.visibleRegions.map { entry in
    let value = state.board.trace(named: entry.region.name)?
      .frames[state.playback.position]?[state.statistic].text()
    let mark = entry.region.name == state.regions.selected?.region.name ? "> " : "  "
    return SheetLine(
      lead: mark + entry.region.label.padded(to: 32),
      text: "\(state.statistic.rawValue) \(value ?? "not measured")")
  }
}

private func infoLines(_ state: ViewerState) -> [SheetLine] {
  let facts = state.recording
  let shape = facts.shape
  return [
    SheetLine(lead: facts.name.text),
    SheetLine(lead: "format   ", text: "\(facts.format), \(facts.pixelText)"),
    SheetLine(lead: "frames   ", text: "\(facts.sourceFrames), kept \(facts.kept.text)"),
    SheetLine(
      lead: "size     ",
      text: "\(shape.columns) x \(shape.rows), \(shape.channels) channel(s)"),
    SheetLine(lead: "memory   ", text: facts.residence),
    SheetLine(lead: "plan     ", text: "\(facts.planReason)"),
    SheetLine(
      lead: "arrived  ",
      text: "\(state.loading.arrived), \(state.loading.damaged) damaged, "
        + "\(state.loading.skipped) skipped"),
  ]
    + (state.zeroed == 0
      ? []
      : [
        SheetLine(
          lead: "zeroed   ",
          text: "\(state.zeroed) of this frame's \(shape.frameSize) samples: divided by 0")
      ])
}

extension String {
  /// Filled with spaces up to a number of columns; longer text gets one space.
  fileprivate func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(1, columns - unicodeScalars.count))
  }
}
