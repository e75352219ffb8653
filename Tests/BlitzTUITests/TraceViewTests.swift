import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct TraceViewTests {
  /// A triangle with a spike, and a flat line that is computed up to frame 29.
  func inputs() throws -> TracePaneInputs {
    var triangle = (0..<40).map { 10 * Double(abs($0 - 20)) }
    triangle[8] = 400
    let flat = [Double](repeating: 150, count: 30)
    return TracePaneInputs(
      subject: PrintableText("A rect 120,88 40x40"), statistic: PrintableText("mean"),
      series: [
        PlotSeries(name: PrintableText("A"), color: 214, values: triangle),
        PlotSeries(name: PrintableText("B"), color: 74, values: flat),
      ], position: 30, frames: try #require(FrameRange(start: 100, end: 140)),
      framesPerSecond: FrameRate(1000))
  }

  func draw(_ inputs: TracePaneInputs, rows: Int, columns: Int) -> CellGrid {
    var grid = CellGrid(rows: rows, columns: columns)
    let area = CellArea(row: 1, column: 1, rows: rows - 2, columns: columns - 2)
    grid.drawFrame(around: area)
    var view = TraceView()
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

  @Test func valuesAtThePlayheadStandInTheLegend() throws {
    var inputs = try inputs()
    #expect(draw(inputs, rows: 6, columns: 80).lines[0].contains(" A mean 100  B mean - ┐"))
    inputs.position = 8
    #expect(draw(inputs, rows: 6, columns: 80).lines[0].contains(" A mean 400  B mean 150 ┐"))
    inputs.series[1].values[8] = .nan
    #expect(draw(inputs, rows: 6, columns: 80).lines[0].contains("B mean nan"))
  }

  @Test func theSelectedRegionKeepsItsValueLongest() throws {
    var inputs = try inputs()
    inputs.selected = 1
    let narrow = draw(inputs, rows: 6, columns: 46).lines[0]
    #expect(narrow.contains("B mean -") && !narrow.contains("A mean"))
  }

  @Test func thePeakIsThatOfTheSelectedRegionInTheVisiblePart() throws {
    var inputs = try inputs()
    #expect(draw(inputs, rows: 6, columns: 80).lines[5].contains("peak A 400 frame 108 108 ms"))
    inputs.visible = 15..<35
    let foot = draw(inputs, rows: 6, columns: 80).lines[5]
    #expect(foot.contains("peak A 140 frame 134 134 ms"))
    #expect(foot.hasPrefix("└ 115 ─") && foot.hasSuffix(" 134 ┘"))
  }

  @Test func theRangeStandsBelowThePlot() throws {
    var inputs = try inputs()
    inputs.range = 5..<36
    let foot = draw(inputs, rows: 6, columns: 100).lines[5]
    #expect(foot.contains("[===") && foot.contains("===]") && foot.contains("peak A 400"))
  }

  @Test func aClickMeansTheFrameUnderIt() throws {
    let inputs = try inputs()
    let area = CellArea(row: 1, column: 1, rows: 4, columns: 89)
    let axis = try #require(TraceView.axis(inputs.visible, area: area))
    for position in inputs.visible {
      // With 80 columns for 40 frames every frame has two columns.
      let column = axis.dot(of: position) / 2
      #expect(column >= 8 && column < 88)
      #expect(axis.position(at: 2 * column) == position)
    }
  }

  @Test func anyDataStaysInsideThePane() throws {
    var random = SeededRandom(seed: 13)
    var view = TraceView()
    for _ in 0..<300 {
      let count = Int.random(in: 1..<300, using: &random)
      func values() -> [Double] {
        (0..<Int.random(in: 0...count + 5, using: &random)).map { _ in
          Bool.random(using: &random)
            ? Double(bitPattern: random.next()) : .random(in: -9...9, using: &random)
        }
      }
      var inputs = TracePaneInputs(
        subject: PrintableText("A"), statistic: PrintableText("max"), series: [],
        selected: Int.random(in: -1...3, using: &random),
        position: Int.random(in: -1...count, using: &random),
        frames: try #require(FrameRange(start: 0, end: count)))
      for name in ["A", "B"].prefix(Int.random(in: 0...2, using: &random)) {
        inputs.series.append(
          PlotSeries(
            name: PrintableText(name), color: 214, values: values(),
            band: .init(low: values(), high: values())))
      }
      let first = Int.random(in: 0..<count, using: &random)
      inputs.visible = first..<Int.random(in: first...count, using: &random)
      inputs.range = 0..<count
      let area = CellArea(
        row: 2, column: 3, rows: Int.random(in: 0...7, using: &random),
        columns: Int.random(in: 0...70, using: &random))
      var grid = CellGrid(rows: 12, columns: 80)
      view.draw(inputs, area: area, in: &grid)
      for row in 0..<12 {
        for column in 0..<80 where grid.isWritten(row: row, column: column) {
          #expect(1...area.rows + 2 ~= row && 3..<3 + area.columns ~= column)
        }
      }
    }
  }

  static let goldens = [
    """
    ┌ trace A rect 120,88 40x40 mean ──── A mean 100  B mean - ┐
    │                 ⢀⢧                          ⡇            │
    │        ⢀        ⢸⠘⡄                         ⡇           B│
    │        ⠐⠛⠛⠓⠒⠒⠒⠶⠶⠗⠒⢳⣒⡒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⢂⣇⣀⠤⠤⠤⠔⠒⠒⠒⠊⠉⠁A│
    │      0┤⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀⠈⠉⠉⠉⠒⠒⠒⠢⠤⠤⣀⣀⣀⣀⠤⠤⠔⠒⠒⠒⠉⠉⠉⠁⡇⡀ ⡀ ⡀ ⡀ ⡀ ⡀ │
    └ 100 ───────── peak A 400 frame 108 108 ms ────────── 139 ┘
    """,
    """
    ┌ trace A rect 120,88 40x40 mean ────────────────────────────────── A mean 100  B mean - ┐
    │    400┤                ⡸⡀                                          ⡇                   │
    │                        ⡇⡇                                          ⡇                   │
    │                       ⢸ ⢱                                          ⡇                   │
    │    200┤⢀⡀             ⡜ ⠘⡄                                         ⡇                  B│
    │        ⢀⣈⣉⣑⣒⣢⣤⣄⣀⣀⣀⣀⣀⣀⣀⣇⣀⣀⣇⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡀ ⡇        ⣀⣀⣀⣀⠤⠤⠒⠒⠉⠁A│
    │                   ⠈⠉⠑⠚   ⠸⢄⣀⡀                                     ⣀⣇⠤⠤⠤⠤⠒⠒⠉⠉           │
    │                             ⠈⠉⠑⠒⠢⠤⠤⠤⢄⣀⡀                 ⣀⣀⠤⠤⠤⠤⠒⠒⠉⠉ ⡇                   │
    │      0┤⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀⠈⠉⠑⠒⠒⠒⠢⠤⢄⣀⠤⠤⠒⠒⠒⠒⠉⠉ ⡀ ⡀ ⡀ ⡀ ⡀ ⡇ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ │
    └ 100 ──────────────────────── peak A 400 frame 108 108 ms ───────────────────────── 139 ┘
    """,
    """
    ┌ trace A rect 120,88 40x40 mean ┐
    │            ⢸            ⢸     B│
    │        ⣢⣤⣄⣀⣇⣇⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⢸ ⣀⣀⠤⠤A│
    │      0┤⡀ ⡀ ⡀⠉⠑⠒⠢⠤⠤⣀⡠⠤⠤⠒⠒⢹⠉ ⡀ ⡀ │
    └ 100 ────────────────────── 139 ┘
    """,
    """
    ┌ trace A rect 120,┐
    │⡀  ⡸⡀        ⢸    │
    │⠉⠉⠙⠋⠛⠫⠭⠭⣉⣉⡩⠭⠭⢻⠒⠚⠉⠉│
    └ 100 ──────── 139 ┘
    """,
    """
    ┌ trace A rect 120,88 40x40 mean ──────────────────── A mean 100  B mean - ┐
    │    400┤             ⢸                                   ⢸                │
    │                     ⡎⡆                                  ⢸                │
    │    300┤             ⡇⡇                                  ⢸                │
    │                    ⢠⠃⢣                                  ⢸                │
    │    200┤⢀⡀          ⢸ ⢸                                  ⢸                │
    │         ⠈⠉⠒⠒⠤⢄⣀    ⡜ ⢸                                  ⢸        ⢀⣀⠤⠔⠒⠊⠁A│
    │        ⠈⠉⠉⠉⠉⠉⠉⠉⠉⠙⠛⠫⠏⠉⠉⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉ ⢸  ⣀⡠⠤⠒⠒⠉⠁      B│
    │    100┤               ⠉⠒⠒⠤⢄⣀                        ⢀⣀⠤⠔⢺⠊⠉              │
    │                             ⠉⠑⠒⠢⠤⣀⡀           ⣀⡠⠤⠒⠒⠉⠁   ⢸                │
    │      0┤⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀⠈⠉⠒⠒⠤⢄⣀⠤⠔⠒⠊⠉ ⡀ ⡀ ⡀ ⡀ ⡀⢸⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ │
    └ 100 ───────────────── peak A 400 frame 108 108 ms ────────────────── 139 ┘
    """,
  ]
}
