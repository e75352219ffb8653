import BlitzCore
import BlitzModel
import BlitzTUI
import Testing

@Suite struct ScreenLayoutTests {
  @Test func theHistogramIsPointedAtByItsValues() throws {
    var samples = try ViewSamples(rows: 40, columns: 100)
    samples.type("H")
    let layout = try #require(ScreenLayout(rows: 40, columns: 100, panes: .histogram))
    let area = layout.histogram
    let request = try #require(samples.state.pictureRequest)
    let extent = LevelWindow(darkest: 0, brightest: Double(area.columns))
    samples.send(
      .picture(
        PictureFacts(
          request: request, condition: .complete, probe: [], extent: extent, levels: nil)))
    func target(_ row: Int, _ column: Int) -> PointerEvent.Target {
      layout.target(of: MouseEvent(.left, .press, row: row, column: column), in: samples.state)
    }
    #expect(target(area.row, area.column) == .histogram(0.5))
    #expect(target(area.row + area.rows - 1, area.column + 5) == .histogram(5.5))
    #expect(target(area.row - 1, area.column) == .elsewhere)
    let event = MouseEvent(.left, .press, row: area.row, column: area.column + 3)
    samples.send(.pointer(PointerEvent(target(area.row, area.column + 3), event)))
    #expect(abs((samples.state.display.levels?.darkest ?? 99) - 3.5) < 0.2)
    // Held, it follows the pointer beyond the pane.
    #expect(target(0, area.column - 2) == .histogram(-1.5))
  }

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

  /// All combinations of panes.
  static let combinations = (UInt8(0)..<8).map { PaneSet(rawValue: $0) }

  @Test(arguments: combinations)
  func panesNeitherOverlapNorLeaveTheScreen(wanted: PaneSet) {
    var shown: Set<UInt8> = []
    for rows in 1...60 {
      for columns in 1...200 {
        guard let layout = ScreenLayout(rows: rows, columns: columns, panes: wanted) else {
          continue
        }
        shown.insert(layout.panes.rawValue)
        if let fault = layout.fault(rows: rows, columns: columns) {
          Issue.record("\(rows)x\(columns), \(wanted): \(fault)")
          return
        }
      }
    }
    #expect(shown.contains(0) && shown.contains(wanted.rawValue))
  }

  @Test func panesFoldInOrderAndComeBackWithRoom() throws {
    let everything: PaneSet = [.trace, .profiles, .histogram]
    for columns in [30, 80, 200] {
      var before: PaneSet = []
      for rows in 6...80 {
        let panes = try #require(
          ScreenLayout(rows: rows, columns: columns, panes: everything)
        ).panes
        #expect(panes.isSuperset(of: before), "\(rows)x\(columns)")
        #expect([[], .trace, [.trace, .profiles], everything].contains(panes))
        before = panes
      }
    }
    #expect(
      try #require(ScreenLayout(rows: 24, columns: 80, panes: everything)).panes == everything)
    let small = try #require(ScreenLayout(rows: 20, columns: 60, panes: everything))
    #expect(small.panes == .trace && small.image.rows >= 10)
    #expect(try #require(ScreenLayout(rows: 15, columns: 80, panes: everything)).panes == .trace)
    #expect(try #require(ScreenLayout(rows: 6, columns: 20, panes: everything)).panes == [])
  }

  @Test func profilesAreAlignedWithTheImage() throws {
    let layout = try #require(ScreenLayout(rows: 40, columns: 120, panes: .profiles))
    #expect(layout.rowProfile.column == layout.image.column)
    #expect(layout.rowProfile.columns == layout.image.columns)
    #expect(layout.columnProfile.row == layout.image.row)
    #expect(layout.columnProfile.rows == layout.image.rows)
  }
}

extension ScreenLayout {
  /// What is wrong with it, if anything: every rule that holds for all sizes.
  fileprivate func fault(rows: Int, columns: Int) -> String? {
    let inner = [image, trace, rowProfile, columnProfile, histogram].filter { !$0.isEmpty }
    let framed = panes.isEmpty ? inner : inner.map(\.framed)
    for area in framed + [title, timeline, status] {
      guard area.row >= 0, area.column >= 0, area.row + area.rows <= rows,
        area.column + area.columns <= columns
      else { return "\(area) leaves the screen" }
    }
    let all = inner + [title, timeline, status]
    for (index, area) in all.enumerated() {
      if all[..<index].contains(where: { $0.overlaps(area) }) { return "\(area) overlaps" }
    }
    for area in [trace, rowProfile, columnProfile, histogram] where !area.isEmpty {
      if area.rows < 3 || area.columns < 14 { return "\(area) is of no use" }
    }
    let shows = [
      panes.contains(.trace) == !trace.isEmpty, panes.contains(.profiles) == !rowProfile.isEmpty,
      panes.contains(.profiles) == !columnProfile.isEmpty,
      panes.contains(.histogram) == !histogram.isEmpty,
    ]
    if shows.contains(false) { return "panes and areas differ" }
    let isCrowded = rows < 24 && panes.rawValue.nonzeroBitCount > 1
    let least = (rows - 3) / (isCrowded ? 2 : 3)
    if image.columns < columns / 2 || image.rows < least { return "no room for the image" }
    return nil
  }
}

extension CellArea {
  fileprivate func overlaps(_ other: CellArea) -> Bool {
    row < other.row + other.rows && other.row < row + rows && column < other.column + other.columns
      && other.column < column + columns
  }

  fileprivate var framed: CellArea {
    CellArea(row: row - 1, column: column - 1, rows: rows + 2, columns: columns + 2)
  }
}
