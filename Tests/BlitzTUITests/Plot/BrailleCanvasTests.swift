import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct BrailleCanvasTests {
  private let ink = PlotInk(214)

  /// What a canvas of one cell shows with the given dots.
  private func cell(_ dots: [(Int, Int)], _ glyphs: PlotGlyphs = .braille) -> Unicode.Scalar {
    var canvas = BrailleCanvas()
    canvas.begin(CellArea(row: 0, column: 0, rows: 1, columns: 1))
    for (x, y) in dots { canvas.set(x: x, y: y, ink) }
    var grid = CellGrid(rows: 1, columns: 1)
    canvas.write(glyphs, to: &grid)
    return grid[0, 0].scalar
  }

  @Test func everyDotHasItsBit() {
    // Unicode numbers the dots 1, 2, 3, 7 down the left column and 4, 5, 6, 8 down the right one.
    let expected = "⠁⠂⠄⡀⠈⠐⠠⢀"
    let seen = [0, 1].flatMap { x in (0..<4).map { cell([(x, $0)]) } }
    #expect(seen == Array(expected.unicodeScalars))
    #expect(cell([0, 1].flatMap { x in (0..<4).map { (x, $0) } }) == "⣿")
  }

  @Test func otherGlyphsKeepQuartersOrHeight() {
    let diagonal = [(0, 0), (1, 3)]
    #expect(cell(diagonal, .blocks) == "▚")
    #expect(cell([(0, 1)], .blocks) == "▘" && cell([(1, 2)], .blocks) == "▗")
    #expect(cell((0..<4).map { (1, $0) }, .blocks) == "▐")
    #expect(cell([(0, 0)], .ascii) == "'" && cell([(1, 3)], .ascii) == ".")
    #expect(cell([(1, 1)], .ascii) == "-" && cell((0..<4).map { (0, $0) }, .ascii) == "|")
  }

  @Test func dotsOutsideAreIgnored() {
    let outside = [(-1, 0), (2, 0), (0, -1), (0, 4), (.min, .max)]
    #expect(cell(outside) == " ")
  }

  @Test func theHigherStandingTakesTheCell() {
    var canvas = BrailleCanvas()
    canvas.begin(CellArea(row: 0, column: 0, rows: 1, columns: 2))
    canvas.set(x: 0, y: 0, PlotInk(75, .faint))
    canvas.set(x: 1, y: 0, PlotInk(214))
    canvas.set(x: 0, y: 3, PlotInk(75, .faint))
    canvas.set(x: 2, y: 0, PlotInk(75))
    canvas.set(x: 3, y: 0, PlotInk(214))
    var grid = CellGrid(rows: 1, columns: 2)
    canvas.write(.braille, to: &grid)
    #expect(grid[0, 0] == Cell("⠈", TextStyle(foreground: 214)))
    #expect(grid[0, 1] == Cell("⠉", TextStyle(foreground: 214)))
  }

  @Test func linesHaveNoGapsAndNoCorners() {
    var random = SeededRandom(seed: 3)
    let area = CellArea(row: 0, column: 0, rows: 5, columns: 11)
    for _ in 0..<500 {
      let ends = (0..<2).map { _ in
        (x: Int.random(in: 0..<22, using: &random), y: Int.random(in: 0..<20, using: &random))
      }
      let set = dots(area) { $0.line(from: ends[0], to: ends[1], ink) }
      let (dx, dy) = (abs(ends[1].x - ends[0].x), abs(ends[1].y - ends[0].y))
      #expect(set.count == max(dx, dy) + 1)
      for dot in set {
        // No dot is further than half a dot from the true line, measured along its shorter side.
        let cross =
          (dot.x - ends[0].x) * (ends[1].y - ends[0].y)
          - (dot.y - ends[0].y) * (ends[1].x - ends[0].x)
        #expect(2 * abs(cross) <= max(dx, dy))
      }
    }
  }

  @Test func linesAreCutAtTheEdges() {
    let area = CellArea(row: 0, column: 0, rows: 1, columns: 2)
    let set = dots(area) { $0.line(from: (-6, -6), to: (9, 9), ink) }
    #expect(set == [Dot(x: 0, y: 0), Dot(x: 1, y: 1), Dot(x: 2, y: 2), Dot(x: 3, y: 3)])
  }

  /// The dots that are set, read back from the characters.
  private func dots(_ area: CellArea, draw: (inout BrailleCanvas) -> Void) -> Set<Dot> {
    var canvas = BrailleCanvas()
    canvas.begin(area)
    draw(&canvas)
    var grid = CellGrid(rows: area.rows, columns: area.columns)
    canvas.write(.braille, to: &grid)
    return grid.dots(in: area)
  }
}
