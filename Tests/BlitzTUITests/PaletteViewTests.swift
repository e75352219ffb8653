import BlitzModel
import Testing

@testable import BlitzTUI

@Suite struct PaletteViewTests {
  private let entries = (0..<30).map {
    PaletteEntry(name: "action-\($0)", keys: "Ctrl-\($0)", summary: "does the thing number \($0)")
  }

  private func draw(_ query: String, selected: Int, rows: Int, columns: Int) -> CellGrid {
    var grid = CellGrid(rows: rows, columns: columns)
    drawPalette(
      PaletteInputs(
        query: query, cursor: query.unicodeScalars.count, entries: entries,
        matches: paletteMatches(query, in: entries), selected: selected),
      area: CellArea(row: 0, column: 0, rows: rows, columns: columns), in: &grid)
    return grid
  }

  @Test func matchesStandUnderTheQuery() {
    let grid = draw("29", selected: 0, rows: 12, columns: 60)
    let lines = grid.lines
    #expect(lines[0].hasPrefix("┌ actions ─") && lines[11].contains(" 1 of 30 "))
    #expect(lines[1].hasPrefix("│ > 29"))
    #expect(lines[2].contains("action-29") && lines[2].contains("number 29"))
    #expect(lines[2].hasSuffix("Ctrl-29 │"))
    #expect(grid.cursor?.row == 1 && grid.cursor?.column == 6)
    let style = grid[2, 9].style.attributes
    #expect(style == [.reverse, .underline, .bold])
  }

  @Test(arguments: [0, 5, 15, 29])
  func theSelectedEntryIsInView(selected: Int) {
    let grid = draw("", selected: selected, rows: 10, columns: 50)
    let row = grid.lines.first { $0.contains("action-\(selected) ") }
    #expect(row != nil)
  }

  /// Room for the summary beside the name, under the list, and for half of it.
  @Test(arguments: [(12, 70, 0), (12, 36, 1), (9, 24, 2), (4, 36, 0)])
  func aSummaryThatIsCutStandsUnderTheList(rows: Int, columns: Int, added: Int) {
    let lines = draw("29", selected: 0, rows: rows, columns: columns).lines
    let under = lines[(rows - 1 - added)..<(rows - 1)].map { $0.filter { $0 != "│" } }
    let text = under.joined().split(separator: " ").joined(separator: " ")
    #expect(text == (added > 0 ? "does the thing number 29" : ""))
    #expect(lines[2].contains("action-29"))
  }

  @Test func itSaysWhenNothingMatches() {
    #expect(draw("zzz", selected: 0, rows: 8, columns: 40).lines[2].contains("no action matches"))
  }

  @Test func anySizeIsSafe() {
    for rows in 0...8 {
      for columns in 0...30 { _ = draw("a", selected: 3, rows: rows, columns: columns) }
    }
  }
}
