import BlitzCore
import BlitzModel

/// Draws the stack from first to last frame: arrived parts, range, marks, and where we are.
func drawTimeline(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
  let state = inputs.state
  let axis = TimelineAxis(columns: area.columns, count: state.playback.count)
  for column in 0..<area.columns {
    let hasArrived = inputs.stack.condition(of: axis.position(at: column)) != .pending
    grid[area.row, column] = Cell(hasArrived ? "─" : "·", .dim)
  }
  if let range = state.range {
    let first = axis.column(of: state.recording.kept.nearestIndex(to: range.start))
    let last = axis.column(of: state.recording.kept.nearestIndex(to: range.end - 1))
    for column in first...max(first, last) { grid[area.row, column] = Cell("=") }
    grid[area.row, first] = Cell("[", .bold)
    grid[area.row, max(first, last)] = Cell("]", .bold)
    let label = PrintableText("range \(range.text)")
    if last - first > label.text.utf8.count + 3 {
      grid.write(label, row: area.row, column: first + 2)
    }
  }
  for (letter, frame) in state.marks {
    let position = state.recording.kept.nearestIndex(to: frame)
    grid[area.row, axis.column(of: position)] = Cell(letter, .bold)
  }
  grid[area.row, axis.column(of: state.playback.position)] = Cell("┃", .bold)
}

/// Positions of a stack along a row of cells.
struct TimelineAxis {
  let columns, count: Int

  func column(of position: Int) -> Int {
    count < 2 ? 0 : min(max(position, 0) * (columns - 1) / (count - 1), columns - 1)
  }

  func position(at column: Int) -> Int {
    columns < 2 ? 0 : min(max(column, 0) * (count - 1) / (columns - 1), count - 1)
  }
}
