public import BlitzCore
import BlitzModel

/// Draws the frames of all panes shown; nothing when the image stands alone.
public func drawPaneFrames(_ layout: ScreenLayout, in grid: inout CellGrid) {
  guard !layout.panes.subtracting(.colorBar).isEmpty else { return }
  var image = layout.image
  image.columns += layout.colorBar.columns
  // Later frames turn the corners of earlier ones, on the line they share, into joints.
  grid.drawFrame(around: image)
  grid.drawFrame(around: layout.columnProfile)
  grid.drawFrame(around: layout.trace)
  grid.drawJoinedFrame(around: layout.rowProfile)
  grid.drawJoinedFrame(around: layout.histogram)
}

/// Writes a pane's title into the top line of its frame.
///
/// - Returns: The columns used, with a space on either side.
@discardableResult
public func drawPaneTitle(
  _ title: PrintableText, above area: CellArea, in grid: inout CellGrid
) -> Int {
  guard area.columns > 0 else { return 0 }
  let row = area.row - 1
  grid[row, area.column] = .blank
  let used = 1 + grid.write(title, row: row, column: area.column + 1, width: area.columns - 1)
  guard used < area.columns else { return used }
  grid[row, area.column + used] = .blank
  return used + 1
}

extension CellGrid {
  /// A frame that shares its top line with the one above, where there is one.
  fileprivate mutating func drawJoinedFrame(around area: CellArea) {
    drawFrame(around: area, joined: self[area.row - 1, area.column].scalar == "─")
  }

  /// A line around an area that is not empty; `joined` frames share their top line with the one above.
  mutating func drawFrame(around area: CellArea, joined: Bool = false) {
    guard !area.isEmpty else { return }
    let (top, bottom) = (area.row - 1, area.row + area.rows)
    let (left, right) = (area.column - 1, area.column + area.columns)
    for column in area.column..<right {
      self[top, column] = Cell("─", .dim)
      self[bottom, column] = Cell("─", .dim)
    }
    for row in area.row..<bottom {
      self[row, left] = Cell("│", .dim)
      self[row, right] = Cell("│", .dim)
    }
    self[top, left] = Cell(joined ? "├" : "┌", .dim)
    self[top, right] = Cell(joined ? "┤" : "┐", .dim)
    self[bottom, left] = Cell("└", .dim)
    self[bottom, right] = Cell("┘", .dim)
  }
}
