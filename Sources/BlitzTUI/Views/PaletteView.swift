import BlitzCore
public import BlitzModel

/// What the palette shows.
public struct PaletteInputs: Equatable, Sendable {
  /// What was typed.
  public var query: String
  /// Where in it the cursor stands, in scalars.
  public var cursor: Int
  /// Every action.
  public var entries: [PaletteEntry]
  /// Those that match, best first.
  public var matches: [PaletteMatch]
  /// Which of the matches Enter would do.
  public var selected: Int

  /// A palette.
  public init(
    query: String, cursor: Int, entries: [PaletteEntry], matches: [PaletteMatch], selected: Int
  ) {
    (self.query, self.cursor, self.entries) = (query, cursor, entries)
    (self.matches, self.selected) = (matches, selected)
  }

  /// The palette of a state.
  init(_ palette: Palette) {
    self.init(
      query: palette.choice.query.text, cursor: palette.choice.query.cursor,
      entries: Palette.entries, matches: palette.matches, selected: palette.choice.selected)
  }
}

/// Draws the palette over an area: the query, and under it the actions that match.
public func drawPalette(_ inputs: PaletteInputs, area: CellArea, in grid: inout CellGrid) {
  let wanted = 1 + max(inputs.entries.count, 1)
  guard let box = grid.openBox(titled: "actions", rows: wanted, columns: 76, in: area)
  else { return }
  drawQuery(inputs.query, cursor: inputs.cursor, box, in: &grid)
  let detail = cutSummary(inputs, box.columns)
  let rows = max(box.rows - 1 - detail.count, min(box.rows - 1, 1))
  let top = firstLine(showing: inputs.selected, of: inputs.matches.count, rows: rows)
  for (line, index) in inputs.matches.indices.dropFirst(top).prefix(rows).enumerated() {
    let row = CellArea(
      row: box.row + 1 + line, column: box.column, rows: 1, columns: box.columns)
    drawEntry(inputs, index, row, &grid)
  }
  for (line, text) in detail.prefix(box.rows - 1 - rows).enumerated() {
    let row = box.row + 1 + rows + line
    grid.write(text, row: row, column: box.column + 2, width: box.columns - 2, style: .dim)
  }
  if inputs.matches.isEmpty, rows > 0 {
    grid.write(
      PrintableText("no action matches"), row: box.row + 1, column: box.column + 2,
      width: box.columns - 2, style: .dim)
  }
  grid.writeFoot("\(inputs.matches.count) of \(inputs.entries.count)", of: box)
}

/// What was typed into a list, in its first row, scrolled so that the cursor is visible.
func drawQuery(_ query: String, cursor: Int, _ box: CellArea, in grid: inout CellGrid) {
  let first = max(0, cursor - (box.columns - 3))
  let shown = String(String.UnicodeScalarView(query.unicodeScalars.dropFirst(first)))
  grid.write(PrintableText(">"), row: box.row, column: box.column, style: .dim)
  grid.write(
    PrintableText(shown), row: box.row, column: box.column + 2, width: box.columns - 2,
    style: .bold)
  grid.cursor = (box.row, box.column + 2 + cursor - first)
}

/// How a row is divided between the name, the keys and what is left for the summary.
private struct EntryRoom {
  let name, keys: Int

  init(_ entry: PaletteEntry, _ columns: Int) {
    keys = min(PrintableText(entry.keys).width, columns / 3)
    // Where a summary would be a few letters, the name has the room.
    name = columns - keys < 22 + 12 ? columns - keys - 1 : 22
  }

  func summary(_ columns: Int) -> Int { max(columns - name - keys - 2, 0) }
}

/// The selected entry's summary in lines, where its own row has not room for it.
private func cutSummary(_ inputs: PaletteInputs, _ columns: Int) -> [PrintableText] {
  guard inputs.matches.indices.contains(inputs.selected),
    case let number = inputs.matches[inputs.selected].entry,
    inputs.entries.indices.contains(number)
  else { return [] }
  let entry = inputs.entries[number]
  let summary = PrintableText(entry.summary)
  guard summary.width > EntryRoom(entry, columns).summary(columns) else { return [] }
  return summary.lines(width: columns - 2)
}

/// Name, summary and keys; the letters that match are underlined.
private func drawEntry(
  _ inputs: PaletteInputs, _ index: Int, _ row: CellArea, _ grid: inout CellGrid
) {
  let match = inputs.matches[index]
  guard inputs.entries.indices.contains(match.entry) else { return }
  let entry = inputs.entries[match.entry]
  let style = TextStyle(index == inputs.selected ? .reverse : [])
  grid.fill(row, style: style)
  let room = EntryRoom(entry, row.columns)
  grid.write(
    PrintableText(entry.name), row: row.row, column: row.column, width: room.name, style: style)
  for letter in match.letters where letter < room.name {
    grid[row.row, row.column + letter].style.attributes.insert([.underline, .bold])
  }
  grid.write(
    PrintableText(entry.summary), row: row.row, column: row.column + room.name + 1,
    width: room.summary(row.columns), style: style)
  grid.write(
    PrintableText(entry.keys), row: row.row, column: row.column + row.columns - room.keys,
    width: room.keys, style: style)
}
