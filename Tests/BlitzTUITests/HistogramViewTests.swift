import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct HistogramViewTests {
  /// Counts that fall by a factor of 4 a bin, over 0 to 100.
  func inputs(depth: ColorDepth = .mono) throws -> HistogramInputs {
    let window = try #require(LevelWindow(darkest: 0, brightest: 100))
    var histogram = try #require(Histogram(bins: 10, over: window))
    histogram.counts = [262144, 65536, 16384, 4096, 1024, 256, 64, 16, 4, 0]
    return HistogramInputs(
      histogram: histogram, levels: try #require(LevelWindow(darkest: 25, brightest: 75)),
      colors: (0..<256).map { $0 * 0x010101 }, depth: depth)
  }

  func draw(_ inputs: HistogramInputs, rows: Int, columns: Int) -> CellGrid {
    var grid = CellGrid(rows: rows, columns: columns)
    let area = CellArea(row: 1, column: 1, rows: rows - 2, columns: columns - 2)
    grid.drawFrame(around: area)
    var view = HistogramView()
    view.draw(inputs, area: area, in: &grid)
    return grid
  }

  @Test(arguments: goldens)
  func panesLookAsTheyDid(golden: String) throws {
    let lines = golden.split(separator: "\n").map(String.init)
    let columns = lines.map { $0.unicodeScalars.count }.max() ?? 0
    let drawn = draw(try inputs(), rows: lines.count, columns: columns).lines
    #expect(drawn == lines, "\n\(drawn.joined(separator: "\n"))\n")
  }

  @Test func barsGrowWithTheLogarithmOfCounts() throws {
    let area = CellArea(row: 1, column: 1, rows: 10, columns: 20)
    let dots = draw(try inputs(), rows: 14, columns: 22).dots(in: area)
    // Four dots a bin; the markers of the levels stand elsewhere than the columns looked at.
    let heights = (0..<10).map { bin in dots.filter { $0.x == 4 * bin + 3 }.count }
    let logs = [18.0, 16, 14, 12, 10, 8, 6, 4, 2]
    for (height, log) in zip(heights, logs) { #expect(abs(Double(height) - log / 18 * 40) <= 1.5) }
    #expect(heights[9] == 0)
  }

  @Test func oneSampleIsSeenBesideMillions() throws {
    var inputs = try inputs()
    inputs.histogram.counts = [.max / 2, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    let area = CellArea(row: 1, column: 1, rows: 2, columns: 20)
    let dots = draw(inputs, rows: 6, columns: 22).dots(in: area)
    #expect(dots.contains(Dot(x: 39, y: 7)) && dots.contains(Dot(x: 36, y: 7)))
  }

  @Test func theColourBarShowsTheLevels() throws {
    let grid = draw(try inputs(depth: .rgb), rows: 8, columns: 42)
    let strip = grid.colorStrip
    #expect(strip.area == CellArea(row: 5, column: 1, rows: 1, columns: 40))
    let bar = strip.pixels[..<80]
    #expect(Array(strip.pixels[80...]) == Array(bar))
    #expect(bar.prefix(20).allSatisfy { $0 == 0 })
    #expect(bar.suffix(20).allSatisfy { $0 == 0xFFFFFF })
    // Values of 25.625, 26.875, ... between levels of 25 and 75.
    let grays = (0..<40).map { UInt32((Double($0) + 0.5) * 1.25 / 50 * 255) * 0x010101 }
    #expect(Array(bar.dropFirst(20).dropLast(20)) == grays)
  }

  @Test func columnsStandForValues() throws {
    let window = try #require(LevelWindow(darkest: -10, brightest: 30))
    let area = CellArea(row: 0, column: 5, rows: 4, columns: 40)
    #expect(HistogramView.value(atColumn: 5, of: window, area: area) == -9.5)
    #expect(HistogramView.value(atColumn: 44, of: window, area: area) == 29.5)
  }

  @Test func anyHistogramStaysInsideThePane() throws {
    var random = SeededRandom(seed: 17)
    var view = HistogramView()
    let extremes = [-Double.greatestFiniteMagnitude, -1, 0, 1e-300, 5, .greatestFiniteMagnitude]
    for _ in 0..<300 {
      let ends = (0..<4).map { _ in extremes.randomElement(using: &random) ?? 0 }
      let window = try #require(
        LevelWindow(darkest: min(ends[0], ends[1]), brightest: max(ends[0], ends[1])))
      var histogram = try #require(
        Histogram(bins: Int.random(in: 1...400, using: &random), over: window))
      for bin in histogram.counts.indices {
        histogram.counts[bin] = [0, 1, 77, .max].randomElement(using: &random) ?? 0
      }
      let inputs = HistogramInputs(
        histogram: histogram,
        levels: try #require(
          LevelWindow(darkest: min(ends[2], ends[3]), brightest: max(ends[2], ends[3]))),
        colors: (0..<256).map { $0 * 0x010101 },
        depth: ColorDepth.allCases.randomElement(using: &random) ?? .rgb)
      let area = CellArea(
        row: 2, column: 3, rows: Int.random(in: 0...9, using: &random),
        columns: Int.random(in: 0...40, using: &random))
      var grid = CellGrid(rows: 12, columns: 50)
      view.draw(inputs, area: area, in: &grid)
      for row in 0..<12 {
        for column in 0..<50 where grid.isWritten(row: row, column: column) {
          #expect(1...area.rows + 1 ~= row && 3..<3 + area.columns ~= column)
        }
      }
    }
  }

  static let goldens: [String] = [
    """
    ┌ histogram log  25..75 ─────────┐
    │⣿⣿⣿⣧⣤⣤⡄ ⡇              ⢸        │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣶⣶⣀⣀⣀       ⢸        │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣶⣶⣆⣀⣀⡀⢸        │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣤⣤⣤   │
    │            ░░░▒▒▒▓▓▓███████████│
    │0                            100│
    └────────────────────────────────┘
    """,
    """
    ┌ histogram log ───┐
    │⣿⣿⣶⣶⢸⣄⣀⡀     ⡇    │
    │⣿⣿⣿⣿⢸⣿⣿⣿⣿⣿⣿⣶⣶⡇⣄⣀⡀ │
    │       ░▒▒▓▓██████│
    │0              100│
    └──────────────────┘
    """,
    """
    ┌ histogram log┐
    │⣿⣷⣶⢸⡀     ⡇   │
    │⣿⣿⣿⢸⣿⣿⣶⣀⡀ ⡇   │
    │⣿⣿⣿⢸⣿⣿⣿⣿⣿⣿⡇⣦⣤ │
    └──────────────┘
    """,
    """
    ┌ histogram log  25..75 ───────────────┐
    │⣿⣿⣿⣿     ⢸                  ⡇         │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣀⢸⣀⡀                ⡇         │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⢸⣿⣇⣀⣀⣀⡀            ⡇         │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⢸⣿⣿⣿⣿⣿⣧⣤⣤⣤         ⡇         │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣤⣤⣤⣤     ⡇         │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣶⣶⣶ ⡇         │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⡇⣶⡆       │
    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇⣿⣿⣿⣿⣿⡇   │
    │              ░░░▒▒▒▒▓▓▓▓█████████████│
    │0                                  100│
    └──────────────────────────────────────┘
    """,
    """
    ┌ histogram log  25..75 ┐
    │⣿⣿⣷⣶⣶⢸⣀          ⡇     │
    │⣿⣿⣿⣿⣿⢸⣿⣿⣿⣷⣶⣆⣀⣀   ⡇     │
    │⣿⣿⣿⣿⣿⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⡇⣦⣤⣤  │
    │        ░░░▒▒▓▓████████│
    │0                   100│
    └───────────────────────┘
    """,
  ]
}
