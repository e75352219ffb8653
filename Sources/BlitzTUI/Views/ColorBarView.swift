import BlitzCore
import BlitzModel

/// Draws the colours between the levels, brightest at the top, with the values at both ends and in the
/// middle.
struct ColorBarView {
  /// All that the bar depends on: it is made anew only when this changes.
  private struct Key: Equatable {
    let levels: LevelWindow
    let map: Int
    let isInverted: Bool
    let transfer: Display.Transfer
    let rows: Int
    let depth: ColorDepth
  }

  private var key: Key?
  private var cells: [Cell] = []
  private var numbers: [(row: Int, text: PrintableText)] = []

  /// Columns of the pane: the bar, and room for a number.
  static let columns = 13
  /// Rows below which three numbers do not stand apart.
  static let leastRows = 5

  mutating func draw(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
    let display = inputs.state.display
    guard area.rows >= Self.leastRows, let levels = display.levels else { return }
    let key = Key(
      levels: levels, map: display.colorMap, isInverted: display.isInverted,
      transfer: display.transfer, rows: area.rows, depth: inputs.depth)
    if key != self.key { make(key) }
    grid.fill(area)
    for row in cells.indices {
      grid[area.row + row, area.column + 1] = cells[row]
      grid[area.row + row, area.column + 2] = cells[row]
    }
    for i in numbers.indices {
      grid.write(
        numbers[i].text, row: area.row + numbers[i].row, column: area.column + 4,
        width: area.columns - 4)
    }
  }

  private mutating func make(_ key: Key) {
    self.key = key
    let table = LookupTable.builtin[key.map]
    var scale = ColorScale()
    scale.take(
      (key.isInverted ? table.inverted : table).colors, levels: key.levels,
      transfer: key.transfer, from: key.levels, halves: 2 * key.rows)
    cells = (0..<key.rows).map { row in
      let top = 2 * (key.rows - row) - 1
      return scale.cell(top, top - 1, glyph: "▀", depth: key.depth)
    }
    numbers = [
      (0, key.levels.brightest), ((key.rows - 1) / 2, key.levels.value(at: 0.5)),
      (key.rows - 1, key.levels.darkest),
    ].map { ($0, PrintableText($1.text(digits: 5))) }
  }
}
