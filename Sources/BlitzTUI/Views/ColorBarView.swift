import BlitzCore
import BlitzModel

/// Draws the colours between the levels, brightest at the top, with the values at both ends and in the
/// middle.
struct ColorBarView {
  /// All that the bar depends on: it is made anew only when this changes.
  private struct Key: Equatable {
    let levels: LevelWindow
    let map: ColorMapChoice
    let transfer: Display.Transfer
    let rows: Int
  }

  private var key: Key?
  private var scale = ColorScale()
  private var numbers: [(row: Int, text: PrintableText)] = []

  /// Columns of the pane: the bar, and room for a number.
  static let columns = 13
  /// Rows below which three numbers do not stand apart.
  static let leastRows = 5

  mutating func draw(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
    let (display, map) = (inputs.state.display, inputs.state.shownMap)
    guard area.rows >= Self.leastRows, let levels = display.levels else {
      return grid.colorBar.place(.empty)
    }
    let key = Key(
      levels: levels, map: map, transfer: display.transfer, rows: area.rows)
    if key != self.key { make(key) }
    fill(area, inputs.depth, &grid)
    for i in numbers.indices {
      grid.write(
        numbers[i].text, row: area.row + numbers[i].row, column: area.column + 4,
        width: area.columns - 4)
    }
  }

  private mutating func make(_ key: Key) {
    self.key = key
    scale.take(
      key.map.colors, levels: key.levels, transfer: key.transfer, from: key.levels,
      halves: 2 * key.rows)
    numbers = [
      (0, key.levels.brightest), ((key.rows - 1) / 2, key.levels.value(at: 0.5)),
      (key.rows - 1, key.levels.darkest),
    ].map { ($0, PrintableText($1.text(digits: 5))) }
  }

  /// Two columns of colours, and spaces around them.
  private func fill(_ area: CellArea, _ depth: ColorDepth, _ grid: inout CellGrid) {
    let bar = CellArea(row: area.row, column: area.column + 1, rows: area.rows, columns: 2)
    guard ColorScale.hasPixels(depth) else {
      grid.colorBar.place(.empty)
      grid.fill(area)
      for row in 0..<bar.rows {
        let cell = scale.cell(2 * (bar.rows - row) - 1, depth: depth)
        for column in 0..<bar.columns { grid[bar.row + row, bar.column + column] = cell }
      }
      return
    }
    for row in bar.row..<bar.row + bar.rows { grid[row, area.column] = .blank }
    let (right, end) = (bar.column + bar.columns, area.column + area.columns)
    grid.fill(
      CellArea(row: area.row, column: right, rows: area.rows, columns: end - right))
    grid.colorBar.place(bar)
    for row in 0..<2 * bar.rows {
      let color = scale.color(2 * bar.rows - 1 - row)
      for column in 0..<bar.columns { grid.colorBar.pixels[row * bar.columns + column] = color }
    }
  }
}
