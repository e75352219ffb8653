import BlitzCore
import Testing

@testable import BlitzTUI

@Suite struct PanelViewTests {
  private func draw(_ rows: [PanelInputs.Row], selected: Int, height: Int, width: Int) -> CellGrid {
    var grid = CellGrid(rows: height, columns: width)
    drawPanel(
      PanelInputs(
        title: PrintableText("operations"), rows: rows, selected: selected,
        keys: PrintableText("Enter edits")),
      area: CellArea(row: 0, column: 0, rows: height, columns: width), in: &grid)
    return grid
  }

  @Test func rowsShowSwitchLabelAndValue() {
    let rows: [PanelInputs.Row] = [
      .init(PrintableText("subtract"), PrintableText("mean 0:50"), isOn: true),
      .init(PrintableText("divide"), PrintableText("none"), isOn: false, isEnabled: false),
      .init(PrintableText("amount"), PrintableText("100 %")),
    ]
    let grid = draw(rows, selected: 1, height: 5, width: 30)
    #expect(
      grid.lines == [
        " ┌ operations ─────────────┐",
        " │ [x] subtract  mean 0:50 │",
        " │ [ ] divide    none      │",
        " │ amount        100 %     │",
        " └─────────── Enter edits ─┘",
      ])
    #expect(grid[2, 6].style.attributes == .reverse)
    #expect(grid[1, 6].style.attributes == [])
  }

  @Test func swatchesStandInTheRegionsColour() {
    let grid = draw(
      [.init(PrintableText("A rect 1,2 3x4"), PrintableText("mean 7"), color: 74)], selected: 0,
      height: 3, width: 40)
    let column = grid.lines[1].unicodeScalars.firstIndex(of: "■")
      .map {
        grid.lines[1].unicodeScalars.distance(from: grid.lines[1].unicodeScalars.startIndex, to: $0)
      }
    #expect(column.map { grid[1, $0].style.foreground } == 74)
    #expect(grid.lines[1].contains("■ A rect 1,2 3x4  mean 7"))
  }

  @Test func longListsScrollAndEmptyOnesSayNone() {
    let many = (0..<50).map { PanelInputs.Row(PrintableText("row \($0)"), PrintableText("v")) }
    for selected in [0, 25, 49] {
      let text = draw(many, selected: selected, height: 9, width: 30).lines.joined()
      #expect(text.contains("row \(selected) "))
    }
    #expect(draw([], selected: 0, height: 5, width: 30).lines.joined().contains("none"))
    for height in 0...6 {
      for width in 0...20 { _ = draw(many, selected: 3, height: height, width: width) }
    }
  }
}
