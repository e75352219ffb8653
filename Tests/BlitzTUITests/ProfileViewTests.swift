import BlitzCore
import BlitzKernels
import BlitzModel
import Testing

@testable import BlitzTUI

@Suite struct ProfileViewTests {
  /// Where a frame of 16 by 12 pixels lies on a pane.
  private func placement(_ columns: Int, _ rows: Int) throws -> Viewport.Placement {
    let state = try ViewSamples(rows: 23, columns: 50).state
    return try #require(
      state.viewport.placement(
        frameColumns: 16, frameRows: 12, canvas: Viewport.Canvas(columns: columns, rows: 2 * rows)))
  }

  func draw(
    _ line: ProfileInputs.Line, rows: Int, columns: Int, values: [Double]? = nil
  ) throws -> CellGrid {
    var grid = CellGrid(rows: rows, columns: columns)
    let area = CellArea(row: 1, column: 1, rows: rows - 2, columns: columns - 2)
    grid.drawFrame(around: area)
    let count = line == .row ? 16 : 12
    let ramp = values ?? (0..<count).map { Double($0 * $0) }
    // The image pane that belongs to it has the same columns or the same rows.
    let placement = try line == .row ? placement(area.columns, 20) : placement(60, area.rows)
    var view = ProfileView()
    view.draw(
      ProfileInputs(
        line, index: 211,
        series: [PlotSeries(name: PrintableText("p"), color: 214, values: ramp)],
        placement: placement, cursor: 3),
      area: area, in: &grid)
    return grid
  }

  @Test(arguments: goldens)
  func panesLookAsTheyDid(line: ProfileInputs.Line, golden: String) throws {
    let lines = golden.split(separator: "\n").map(String.init)
    let columns = lines.map { $0.unicodeScalars.count }.max() ?? 0
    let drawn = try draw(line, rows: lines.count, columns: columns).lines
    #expect(drawn == lines, "\n\(drawn.joined(separator: "\n"))\n")
  }

  @Test(arguments: [40, 41, 77])
  func aBrightPixelStandsUnderItself(columns: Int) throws {
    var values = [Double](repeating: 0, count: 16)
    values[5] = 100
    let grid = try draw(.row, rows: 6, columns: columns, values: values)
    let place = try placement(columns - 2, 20)
    let expected = try #require(place.canvas(x: 5, y: place.y))
    let top = grid.dots(in: CellArea(row: 1, column: 1, rows: 1, columns: columns - 2))
      .filter { $0.y == 0 }
    #expect(Set(top.map { $0.x / 2 }) == [expected.column])
  }

  @Test(arguments: [12, 13, 30])
  func aBrightPixelStandsBesideItself(rows: Int) throws {
    var values = [Double](repeating: 0, count: 12)
    values[7] = 100
    let grid = try draw(.column, rows: rows, columns: 20, values: values)
    let place = try placement(60, rows - 2)
    let expected = try #require(place.canvas(x: place.x, y: 7))
    let right = grid.dots(in: CellArea(row: 1, column: 18, rows: rows - 2, columns: 1))
      .filter { $0.x == 1 }
    #expect(Set(right.map { $0.y / 2 }) == [expected.row])
  }

  @Test func profilesRunBesideTheImageHoweverItLies() throws {
    var samples = try ViewSamples(rows: 40, columns: 100)
    samples.type("c")
    samples.send(.panes(.profiles))
    let layout = try #require(ScreenLayout(rows: 40, columns: 100, panes: .profiles))
    func lines(_ turn: Action?) throws -> [String] {
      if let turn { samples.send(.action(turn)) }
      samples.send(.canvas(layout.canvas(cellAspect: 2)))
      samples.show()
      let frame = (0..<48).map { Float(10 * ($0 % 8)) }
      let point = try #require(samples.state.crosshair)
      for line in [Profile.Line.row(point.y), .column(point.x)] {
        var profile = try #require(Profile(line, width: 3, in: samples.stack.shape))
        profile.measure(frame.span)
        if case .row = line {
          samples.picture.rowProfile = profile
        } else {
          samples.picture.columnProfile = profile
        }
      }
      return samples.grid(rows: 40, columns: 100).lines
    }
    let foot = layout.rowProfile.row - 1
    let upright = try lines(nil)
    #expect(
      upright[foot].contains(" row 3 3 wide  0..70 ") && upright[1].contains(" column 4 3 wide "))
    let flipped = try lines(.flip(.x))
    #expect(flipped[foot].contains(" row 3 3 wide "))
    // Values fall to the right now: the highest dots change sides.
    let top = (upright[foot + 1].firstIndex { "⠁" <= $0 && $0 <= "⣿" }, flipped[foot + 1])
    #expect(top.0 != nil && upright[foot + 1] != flipped[foot + 1])
    let turned = try lines(.rotate)
    #expect(turned[foot].contains(" column 4 3 wide ") && turned[1].contains(" row 3 3 wide "))
  }

  @Test func anEnvelopeIsDrawnFaintlyBehindTheLine() throws {
    let area = CellArea(row: 1, column: 1, rows: 8, columns: 38)
    func faint(_ extra: [PlotSeries]) throws -> Int {
      var grid = CellGrid(rows: 10, columns: 40)
      var view = ProfileView()
      let line = PlotSeries(name: PrintableText(""), color: 0, values: (0..<16).map { Double($0) })
      view.draw(
        ProfileInputs(.row, index: 2, series: extra + [line], placement: try placement(38, 20)),
        area: area, in: &grid)
      return (0..<38 * 8).count { grid[1 + $0 / 38, 1 + $0 % 38].style.attributes == .dim }
    }
    let ends = [-5.0, 20].map { value in
      PlotSeries(
        name: PrintableText(""), color: 0, values: [Double](repeating: value, count: 16),
        isFaint: true)
    }
    #expect(try faint(ends) > (try faint([])) + 38)
  }

  @Test func nothingButTheTitleWithoutValues() throws {
    let grid = try draw(.row, rows: 5, columns: 30, values: [.nan, .infinity])
    #expect(grid.lines[0].hasPrefix("┌ row 211 ─"))
    #expect(grid.dots(in: CellArea(row: 1, column: 1, rows: 3, columns: 28)).isEmpty)
  }

  static let goldens: [(ProfileInputs.Line, String)] = [
    (
      .row,
      """
      ┌ row 211  0..225 ─────────────────────┐
      │        ⡂                       ⢀⡠⠤⠒⠉ │
      │        ⡂                 ⣀⣀⠤⠒⠒⠉⠁     │
      │        ⡂          ⣀⣀⡠⠤⠒⠉⠉            │
      │⡀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠒⠒⠒⠒⠊⠉⠉ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ │
      └──────────────────────────────────────┘
      """
    ),
    (
      .row,
      """
      ┌ row 211  0..225 ───────────────────────────────────────────────────┐
      │                  ⢐                                    ⢀⡠⠒⠁         │
      │                  ⢐                                 ⣀⠤⠒⠁            │
      │                  ⢐                            ⢀⣀⠤⠒⠉                │
      │                  ⢐                        ⢀⡠⠔⠊⠁                    │
      │                  ⢐                    ⣀⠤⠒⠊⠁                        │
      │                  ⢐             ⢀⣀⡠⠤⠒⠊⠉                             │
      │                  ⢐       ⣀⣀⠤⠔⠒⠉⠁                                   │
      │       ⡀⢀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠤⠒⠒⠒⠊⠉⠉ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀        │
      └────────────────────────────────────────────────────────────────────┘
      """
    ),
    (
      .row,
      """
      ┌ row 211 ─────┐
      │⣀⣀⣀⣀⣀⣀⠤⠤⠤⠔⠒⠒⠉⠉│
      └──────────────┘
      """
    ),
    (
      .column,
      """
      ┌ column 211 ────┐
      │⡆               │
      │⢇               │
      │⠘⡄⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀│
      │⠁⠘⡄             │
      │⠁ ⠘⢄            │
      │⠁   ⠑⢄          │
      │⠁     ⠑⢄        │
      │⠁       ⠑⠢⢄     │
      │⠁          ⠑⠢⡀  │
      │⠁            ⠈⠑⠢│
      └────────────────┘
      """
    ),
    (
      .column,
      """
      ┌ column 211  0..121 ────────┐
      │⡀                           │
      │⡇                           │
      │⢇                           │
      │⠘⡄                          │
      │⠁⢱                          │
      │⠃⠂⢣⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂│
      │⠁  ⢣                        │
      │⠁   ⠣⡀                      │
      │⠁    ⠑⢄                     │
      │⠁      ⠣⡀                   │
      │⠁       ⠈⠢⡀                 │
      │⠁         ⠈⠢⡀               │
      │⠁           ⠈⠑⢄             │
      │⠁              ⠑⠢⡀          │
      │⠁                ⠈⠑⢄⡀       │
      │⠁                   ⠈⠢⢄     │
      │⠁                      ⠉⠒⢄⡀ │
      │⠁                         ⠈⠑│
      └────────────────────────────┘
      """
    ),
  ]
}
