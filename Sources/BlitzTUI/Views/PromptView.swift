import BlitzCore
import BlitzModel

/// Draws the command line, scrolled so that its cursor is visible.
func drawPrompt(_ prompt: Prompt, area: CellArea, in grid: inout CellGrid) {
  let room = max(area.columns - 2, 1)
  let first = max(0, prompt.cursor - room + 1)
  let visible = prompt.text.unicodeScalars.dropFirst(first)
  grid.write(PrintableText(":"), row: area.row, column: 0, style: .bold)
  grid.write(
    PrintableText(String(String.UnicodeScalarView(visible))), row: area.row, column: 1,
    width: room)
  grid.cursor = (area.row, 1 + prompt.cursor - first)
}
