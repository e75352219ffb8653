import BlitzCore
import BlitzModel

/// Draws the stack, or the part of it that is zoomed to: arrived parts, range, marks, and where we are.
///
/// Where more lies beside what is shown, the ends are arrow heads.
func drawTimeline(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
  let state = inputs.state
  let axis = TimelineAxis(state.timeWindow.positions, columns: area.columns)
  for column in 0..<area.columns {
    let hasArrived = inputs.stack.condition(of: axis.position(at: column)) != .pending
    grid[area.row, column] = Cell(hasArrived ? "─" : "·", .dim)
  }
  let range = axis.columns(of: state)
  if let range { drawRange(range, area, &grid) }
  if axis.positions.lowerBound > 0 { grid[area.row, 0] = Cell("<", .bold) }
  if axis.positions.upperBound < state.playback.count {
    grid[area.row, area.columns - 1] = Cell(">", .bold)
  }
  for mark in state.markedPositions {
    guard let column = axis.column(of: mark.position) else { continue }
    grid[area.row, column] = Cell(mark.letter, .bold)
  }
  if let column = axis.column(of: state.playback.position) {
    grid[area.row, column] = Cell("┃", .bold)
  }
  if let range, let text = state.range?.text {
    label(range, PrintableText("range \(text)"), area, &grid)
  }
}

private func drawRange(
  _ range: TimelineAxis.RangeColumns, _ area: CellArea, _ grid: inout CellGrid
) {
  for column in range.first...range.last { grid[area.row, column] = Cell("=") }
  if range.hasStart { grid[area.row, range.first] = Cell("[", .bold) }
  if range.hasEnd { grid[area.row, range.last] = Cell("]", .bold) }
}

/// The range in words at the first place in it where they hide nothing.
private func label(
  _ range: TimelineAxis.RangeColumns, _ text: PrintableText, _ area: CellArea,
  _ grid: inout CellGrid
) {
  let width = text.text.utf8.count + 2
  var free = 0
  for column in range.first...range.last {
    free = grid[area.row, column].scalar == "=" ? free + 1 : 0
    guard free == width else { continue }
    grid.write(text, row: area.row, column: column + 2 - width)
    return
  }
}
