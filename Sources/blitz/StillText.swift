import BlitzCore
import BlitzKernels
import BlitzModel
import BlitzTUI

/// A plane as text for the terminal or a pipe, as large as fits.
struct StillText {
  /// Room in cells.
  let rows, columns: Int
  /// Height of a cell over its width.
  let cellAspect: Double
  /// Pixels in a cell.
  let cells: CellShape
  let still: StillImage

  /// The text; a plane of any size fits.
  func lines(
    _ plane: ImagePlane, _ coloring: Coloring, pooling: Display.Pooling, outlines: RegionOutlines
  ) -> [UInt8] {
    let perCell = cells.pixelColumns
    let canvas = Viewport.Canvas(
      columns: columns * perCell, rows: rows * 2,
      pixelAspect: cellAspect / 2 * Double(perCell), cells: cells)
    let placement = Viewport().placement(
      frameColumns: plane.columns, frameRows: plane.rows, canvas: canvas)
    guard let placement else { return [] }
    let size = (rows: placement.rows, columns: placement.columns)
    let samples = scaled(plane, pooling, rows: size.rows, columns: size.columns)
    var patch = ImagePatch()
    patch.place(
      CellArea(
        row: 0, column: 0, rows: (size.rows + 1) / 2,
        columns: (size.columns + perCell - 1) / perCell), shape: cells)
    for (place, color) in coloring.colors(samples.span, channels: plane.channels).enumerated() {
      patch.pixels[place / size.columns * patch.pixelColumns + place % size.columns] = color
    }
    outlines.draw(
      over: &patch.pixels, rowSize: patch.pixelColumns, of: placement, rows: plane.rows,
      columns: plane.columns)
    return still.lines(patch)
  }

  private func scaled(
    _ plane: ImagePlane, _ pooling: Display.Pooling, rows: Int, columns: Int
  ) -> [Float] {
    var target = [Float](repeating: .nan, count: rows * columns * plane.channels)
    var samples = target.mutableSpan
    switch pooling {
    case .area:
      var kernel = AreaResample(
        sourceRows: plane.rows, sourceColumns: plane.columns, channels: plane.channels,
        rows: rows, columns: columns)
      kernel?.apply(plane.samples.span, into: &samples)
    case .max:
      var kernel = MaximumResample(
        sourceRows: plane.rows, sourceColumns: plane.columns, channels: plane.channels,
        rows: rows, columns: columns)
      kernel?.apply(plane.samples.span, into: &samples)
    case .nearest:
      let kernel = NearestResample(
        sourceRows: plane.rows, sourceColumns: plane.columns, channels: plane.channels,
        rows: rows, columns: columns)
      kernel?.apply(plane.samples.span, into: &samples)
    }
    return target
  }
}
