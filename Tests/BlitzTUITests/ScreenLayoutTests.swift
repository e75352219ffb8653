import BlitzModel
import BlitzTUI
import Testing

@Suite struct ScreenLayoutTests {
  @Test func everyCellBelongsToOneView() throws {
    for rows in 6...60 {
      for columns in [20, 21, 80, 200] {
        let layout = try #require(ScreenLayout(rows: rows, columns: columns))
        let areas = [layout.title, layout.image, layout.timeline, layout.status]
        for row in 0..<rows {
          for column in [0, columns / 2, columns - 1] {
            let owners = areas.filter { $0.contains(row: row, column: column) }
            #expect(owners.count == 1, "\(rows)x\(columns) at \(row),\(column)")
          }
        }
      }
    }
  }

  @Test(arguments: [(5, 20), (6, 19), (1, 1), (0, 0), (5, 400), (400, 19)])
  func smallScreensHoldNoViewer(rows: Int, columns: Int) {
    #expect(ScreenLayout(rows: rows, columns: columns) == nil)
  }

  @Test func theCanvasIsTwoPixelsACell() throws {
    let layout = try #require(ScreenLayout(rows: 24, columns: 80))
    #expect(layout.canvas(cellAspect: 2) == Viewport.Canvas(columns: 80, rows: 42))
    #expect(layout.canvas(cellAspect: 2.5).pixelAspect == 1.25)
  }
}
