/// Which word every image cell should hold for a frame, and the levels behind it.
struct WantedCells {
  /// A cell that text covers; matches no `ImageCell`.
  static let covered = UInt64.max - 1

  private(set) var cells: [UInt64] = []

  init() {}

  mutating func resize(cells count: Int) {
    cells.removeAll(keepingCapacity: true)
    cells.append(contentsOf: repeatElement(ImageCell.unknown.word, count: count))
  }

  /// Brings `cells` to what the grid wants on a rung.
  mutating func compute(_ grid: borrowing CellGrid, rung: Rung, depth: ColorDepth) {
    let area = grid.image.area.clipped(rows: grid.rows, columns: grid.columns)
    let mapping = PaletteMapping(depth: depth)
    for row in 0..<area.rows {
      let y = (row + area.row - grid.image.area.row) * 2
      for column in 0..<area.columns {
        let x = column + area.column - grid.image.area.column
        let i = row * area.columns + column
        if grid.isWritten(row: area.row + row, column: area.column + column) {
          cells[i] = Self.covered
          continue
        }
        let p = y * grid.image.pixelColumns + x
        let top = mapping.index(of: grid.image.pixels[p], row: y, column: x)
        let bottom = mapping.index(
          of: grid.image.pixels[p + grid.image.pixelColumns], row: y + 1, column: x)
        cells[i] = ImageCell(top: top, bottom: bottom).word
      }
    }
  }

  /// Notes that a cell is on its way.
  @inline(__always)
  mutating func noteSent(_ cell: Int) {}
}
