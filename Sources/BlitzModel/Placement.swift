extension Viewport {
  /// Source pixels that are visible and the canvas pixels they fill.
  public struct Placement: Equatable, Hashable, Sendable {
    /// Top left source pixel and extents in source pixels.
    public let x, y, width, height: Int
    /// Top left canvas pixel and extents in canvas pixels.
    public let column, row, columns, rows: Int
    /// How the source lies on the canvas.
    public let orientation: Orientation
    /// How many canvas pixels share a cell.
    public let cells: CellShape

    /// Canvas pixels along the rows and the columns of the source: exchanged where the axes are.
    public var upright: (columns: Int, rows: Int) { orientation.exchanged((columns, rows)) }

    /// The source pixel under the middle of a canvas pixel; nil beside the image.
    public func source(column c: Int, row r: Int) -> (x: Int, y: Int)? {
      guard c >= column, c < column + columns, r >= row, r < row + rows else { return nil }
      let place = upright(column: c - column, row: r - row)
      let extents = upright
      return (
        x + (2 * place.column + 1) * width / (2 * extents.columns),
        y + (2 * place.row + 1) * height / (2 * extents.rows)
      )
    }

    /// The canvas pixel that shows the middle of a source pixel; nil when it is not visible.
    public func canvas(x sx: Int, y sy: Int) -> (column: Int, row: Int)? {
      guard sx >= x, sx < x + width, sy >= y, sy < y + height else { return nil }
      let extents = upright
      let place = shown(
        column: (2 * (sx - x) + 1) * extents.columns / (2 * width),
        row: (2 * (sy - y) + 1) * extents.rows / (2 * height))
      return (column + place.column, row + place.row)
    }

    /// Where a pixel of the image, counted from its top left, would be if the source lay upright.
    public func upright(column: Int, row: Int) -> (column: Int, row: Int) {
      orientation.upright(column: column, row: row, of: (columns, rows))
    }

    /// Where a pixel of the upright image is on the image as it lies, counted from its top left.
    public func shown(column: Int, row: Int) -> (column: Int, row: Int) {
      let (across, down) = orientation.exchanged((column, row))
      return (
        orientation.mirrorsX ? columns - 1 - across : across,
        orientation.mirrorsY ? rows - 1 - down : down
      )
    }
  }
}
