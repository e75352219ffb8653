import BlitzCore
import BlitzModel

/// Draws the file list over an area: what was typed, and under it the files that match.
func drawFileList(_ files: FileBrowser, shown frame: Int, area: CellArea, in grid: inout CellGrid) {
  let entries = files.list.entries
  guard
    let box = grid.openBox(titled: "files", rows: 1 + max(entries.count, 1), columns: 76, in: area)
  else { return }
  drawQuery(files.choice.query.text, cursor: files.choice.query.cursor, box, in: &grid)
  let rows = box.rows - 1
  let top = firstLine(showing: files.choice.selected, of: files.matches.count, rows: rows)
  let digits = max(4, "\(entries.last { $0.frame != nil }?.frame ?? 0)".utf8.count)
  for (line, index) in files.matches.indices.dropFirst(top).prefix(rows).enumerated() {
    let row = CellArea(row: box.row + 1 + line, column: box.column, rows: 1, columns: box.columns)
    let style = TextStyle(index == files.choice.selected ? .reverse : [])
    drawFile(entries[files.matches[index]], shown: frame, row, digits, style, in: &grid)
  }
  if files.matches.isEmpty, rows > 0 {
    grid.write(
      PrintableText(files.isFilled ? "no file matches" : "listing"), row: box.row + 1,
      column: box.column + 2, width: box.columns - 2, style: .dim)
  }
  let faults = entries.count { $0.fault != nil }
  grid.writeFoot(
    "\(files.matches.count) of \(entries.count)" + (faults > 0 ? ", \(faults) faulty" : ""), of: box
  )
}

/// Frame, name and what is wrong with it; the frame that is shown has a mark.
private func drawFile(
  _ entry: FileList.Entry, shown frame: Int, _ row: CellArea, _ digits: Int, _ style: TextStyle,
  in grid: inout CellGrid
) {
  grid.fill(row, style: style)
  let number = entry.frame.map { "\($0)" } ?? "-"
  let padding = String(repeating: " ", count: max(0, digits - number.utf8.count))
  let mark = entry.frame == frame ? ">" : " "
  let left = "\(mark) \(padding)\(number)  "
  let used = grid.write(
    PrintableText(left + entry.name.text), row: row.row, column: row.column, width: row.columns,
    style: style)
  guard let fault = entry.fault else { return }
  let word = entry.frame == nil ? "skipped" : "damaged"
  grid.write(
    PrintableText("  \(word): \(fault)"), row: row.row, column: row.column + used,
    width: row.columns - used, style: style)
}
