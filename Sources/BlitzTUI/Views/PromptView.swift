import BlitzCore
import BlitzModel

/// Draws the line being typed, scrolled so that its cursor is visible; what is to be said about it
/// stands in the row above.
func drawPrompt(_ prompt: Prompt, area: CellArea, in grid: inout CellGrid) {
  let label = grid.write(
    PrintableText(prompt.label), row: area.row, column: 0, width: area.columns / 2, style: .bold)
  let room = max(area.columns - label - 1, 1)
  let first = max(0, prompt.cursor - room + 1)
  let visible = prompt.text.unicodeScalars.dropFirst(first)
  grid.write(
    PrintableText(String(String.UnicodeScalarView(visible))), row: area.row, column: label,
    width: room)
  grid.cursor = (area.row, label + prompt.cursor - first)
  guard let note = prompt.note else { return }
  let line = CellArea(row: area.row - 1, column: 0, rows: 1, columns: area.columns)
  grid.fill(line)
  grid.write(cut(note, to: line.columns - 2), row: line.row, column: 1, width: line.columns - 2)
}

/// Text that fits; dots stand for the words that do not.
private func cut(_ text: PrintableText, to width: Int) -> PrintableText {
  guard text.width > width else { return text }
  let scalars = text.text.unicodeScalars.prefix(max(width - 3, 0))
  let end = scalars.lastIndex(of: " ").map { scalars.index(after: $0) } ?? scalars.endIndex
  return PrintableText(String(String.UnicodeScalarView(scalars[..<end])) + "...")
}
