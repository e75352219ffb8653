/// Two by four dots for every cell of an area, with one ink a cell.
///
/// Dots outside are ignored. In a cell the ink of higher standing wins and removes what was fainter;
/// between equals the dots add up and the later colour stays.
struct BrailleCanvas {
  private(set) var area = CellArea.empty
  private var dots: [UInt8] = []
  private var inks: [PlotInk] = []

  /// Extents in dots.
  var width: Int { area.columns * 2 }
  var height: Int { area.rows * 4 }

  /// Empties the canvas for an area; keeps its memory.
  mutating func begin(_ area: CellArea) {
    self.area = area
    let count = area.rows * area.columns
    dots.refill(count, with: 0)
    inks.refill(count, with: .none)
  }

  /// Sets the dot in column `x` from the left and row `y` from the top.
  mutating func set(x: Int, y: Int, _ ink: PlotInk) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let cell = (y >> 2) * area.columns + x >> 1
    guard ink.standing >= inks[cell].standing else { return }
    if ink.standing > inks[cell].standing { dots[cell] = 0 }
    dots[cell] |= Self.bit(x & 1, y & 3)
    inks[cell] = ink
  }

  /// Joins two dots without a gap, both included: Bresenham's line.
  ///
  /// - Complexity: O(distance); ends far outside cost what they are away.
  mutating func line(from a: (x: Int, y: Int), to b: (x: Int, y: Int), _ ink: PlotInk) {
    let across = abs(b.x - a.x)
    let down = -abs(b.y - a.y)
    var (x, y, error) = (a.x, a.y, across + down)
    while true {
      set(x: x, y: y, ink)
      if x == b.x && y == b.y { return }
      let twice = 2 * error
      if twice >= down {
        error += down
        x += b.x > a.x ? 1 : -1
      }
      if twice <= across {
        error += across
        y += b.y > a.y ? 1 : -1
      }
    }
  }

  /// Writes the cells that have dots; all others stay as they are in the grid.
  func write(_ glyphs: PlotGlyphs, to grid: inout CellGrid) {
    for cell in dots.indices where dots[cell] != 0 {
      let (row, column) = (cell / area.columns, cell % area.columns)
      grid[area.row + row, area.column + column] = Cell(
        glyphs.scalar(dots[cell]), inks[cell].style)
    }
  }

  /// Braille numbers its dots down the columns, the fourth row last.
  private static func bit(_ x: Int, _ y: Int) -> UInt8 {
    y == 3 ? 0x40 << UInt8(x) : 1 << UInt8(y + 3 * x)
  }
}
