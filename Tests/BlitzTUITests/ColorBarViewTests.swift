import BlitzCore
import BlitzModel
import BlitzTUI
import Testing

@Suite struct ColorBarViewTests {
  private func screen(_ rows: Int, _ columns: Int, _ keys: String = "$") throws -> CellGrid {
    var samples = try ViewSamples(rows: rows, columns: columns)
    samples.send(.action(.setLevels(darkest: 12, brightest: 3800)))
    samples.type(keys)
    let layout = try #require(
      ScreenLayout(rows: rows, columns: columns, panes: samples.state.wantedPanes))
    samples.send(.canvas(layout.canvas(cellAspect: 2)))
    samples.show()
    return samples.grid(rows: rows, columns: columns)
  }

  @Test(arguments: [(24, 80), (48, 160), (12, 40), (10, 30)])
  func theNumbersStandAtTheEndsAndInTheMiddle(rows: Int, columns: Int) throws {
    let lines = try screen(rows, columns).lines
    let body = lines[1..<rows - 2]
    #expect(body.allSatisfy { $0.contains(" ##") })
    #expect(try #require(body.first).hasSuffix(" ## 3800"))
    #expect(body[1 + (rows - 4) / 2].hasSuffix(" ## 1906"))
    #expect(try #require(body.last).hasSuffix(" ## 12"))
    #expect(body.count { $0.hasSuffix(" ##") } == body.count - 3)
    #expect(body.contains { $0.contains("### ") }, "the image stays")
  }

  @Test(arguments: [(6, 20), (7, 80), (24, 25)])
  func whereThereIsNoRoomTheImageKeepsAll(rows: Int, columns: Int) throws {
    let grid = try screen(rows, columns)
    #expect(grid.colorBar.area.isEmpty)
    #expect(grid.image == (try screen(rows, columns, "")).image)
  }

  @Test func itStandsWithinTheFrameBesideTheOtherPanes() throws {
    let lines = try screen(40, 120, "$H").lines
    let row = lines[5]
    #expect(row.hasPrefix("│") && row.contains(" ##          │"), "\(row)")
  }

  /// The colours of the bar, from the top.
  private func colors(_ grid: CellGrid) -> [UInt32] {
    let bar = grid.colorBar
    return (0..<bar.pixelRows).map { bar.pixels[$0 * bar.pixelColumns] }
  }

  @Test(arguments: ["gray", "viridis"])
  func coloursAreTheImagesFromTheFootToTheTop(map: String) throws {
    var samples = try ViewSamples(rows: 24, columns: 80)
    samples.command("colormap \(map)")
    samples.type("$")
    let grid = samples.grid(rows: 24, columns: 80)
    let table = try #require(LookupTable.builtin.first { $0.name == map }).colors
    let places = (0..<42).map { 255 * (2 * (41 - $0) + 1) / 84 }
    #expect(grid.colorBar.area == CellArea(row: 1, column: 68, rows: 21, columns: 2))
    #expect(colors(grid) == places.map { table[$0] })
    samples.type("!")
    #expect(colors(samples.grid(rows: 24, columns: 80)) == places.map { table[255 - $0] })
    samples.type("$")
    #expect(samples.grid(rows: 24, columns: 80).colorBar.area.isEmpty)
  }

  @Test func fewColoursShowByCharacters() throws {
    var samples = try ViewSamples(rows: 24, columns: 80)
    samples.type("$")
    for (depth, ramp) in [
      (ColorDepth.palette16, " ░▒▓█"), (.mono, " ░▒▓█"), (.ascii, " .:-=+*#%@"),
    ] {
      let grid = samples.grid(rows: 24, columns: 80, depth: depth)
      let bar = (1..<22).reversed().map { Character(grid[$0, 68].scalar) }
      #expect(grid.colorBar.area.isEmpty)
      #expect(
        String(bar.reduce(into: [Character]()) { if $0.last != $1 { $0.append($1) } }) == ramp)
    }
  }
}
