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
    #expect(body.allSatisfy { $0.contains("▀▀") })
    #expect(try #require(body.first).hasSuffix("▀▀ 3800"))
    #expect(body[1 + (rows - 4) / 2].hasSuffix("▀▀ 1906"))
    #expect(try #require(body.last).hasSuffix("▀▀ 12"))
    #expect(body.count { $0.hasSuffix("▀▀") } == body.count - 3)
    #expect(body.contains { $0.contains("#") }, "the image stays")
  }

  @Test(arguments: [(6, 20), (7, 80), (24, 25)])
  func whereThereIsNoRoomTheImageKeepsAll(rows: Int, columns: Int) throws {
    let grid = try screen(rows, columns)
    #expect(!grid.lines.joined().contains("▀▀"))
    #expect(grid.image == (try screen(rows, columns, "")).image)
  }

  @Test func itStandsWithinTheFrameBesideTheOtherPanes() throws {
    let lines = try screen(40, 120, "$H").lines
    let row = lines[5]
    #expect(row.hasPrefix("│") && row.contains("▀▀          │"), "\(row)")
  }

  @Test func coloursRunFromTheFootToTheTop() throws {
    let grid = try screen(24, 80)
    let bar = (1..<22).map { grid[$0, 68].style.foreground }
    #expect(bar.first == 231 && grid[21, 68].style.background == 16)
    #expect(Set(bar).count == 21)
  }
}
