public import BlitzCore
import BlitzKernels
public import BlitzModel

/// A region to be drawn over the image.
public struct RegionMark: Equatable, Sendable {
  /// Where it is, and its name.
  public var region: RegionOfInterest
  /// A cube index 16...255.
  public var color: UInt8
  /// True for the one that keys act on: it shows its handles.
  public var isSelected: Bool

  /// A mark.
  public init(region: RegionOfInterest, color: UInt8, isSelected: Bool = false) {
    (self.region, self.color, self.isSelected) = (region, color, isSelected)
  }
}

/// Draws the outlines of regions into the image's pixels, and their names beside them.
///
/// An outline is made of the outermost pixels that belong to the region, exactly those it measures.
/// Where that would leave none of its inside to be seen, it is the ring of pixels around it.
public struct RegionOverlay {
  private var mask = RegionMask()
  private var spans: [RegionOfInterest: RowSpans] = [:]
  private var frameSize = (rows: 0, columns: 0)

  /// An overlay that has drawn nothing yet.
  public init() {}

  /// Draws marks over the image that `grid` holds; the selected one is drawn last.
  ///
  /// - Parameters:
  ///   - placement: Which part of the frame the image is, and where it lies.
  ///   - rows, columns: The frame's extents, which cut regions.
  /// - Complexity: O(pixels shown) for each region; regions are cut into runs once.
  public mutating func draw(
    _ marks: [RegionMark], placement: Viewport.Placement, rows: Int, columns: Int,
    in grid: inout CellGrid
  ) {
    // Sizes differ only while an image for another canvas is still on the screen.
    guard grid.image.pixelColumns == placement.columns,
      grid.image.pixelRows >= placement.row % 2 + placement.rows
    else { return }
    keepSpans(of: marks, rows, columns)
    for mark in marks where !mark.isSelected { draw(mark, placement, &grid) }
    for mark in marks where mark.isSelected { draw(mark, placement, &grid) }
  }

  private mutating func keepSpans(of marks: [RegionMark], _ rows: Int, _ columns: Int) {
    if frameSize != (rows, columns) { spans.removeAll() }
    frameSize = (rows, columns)
    // While a region is dragged, every step of it would stay.
    if spans.count > 2 * marks.count + 8 { spans.removeAll(keepingCapacity: true) }
    for mark in marks where spans[mark.region] == nil {
      spans[mark.region] = RowSpans(of: mark.region, rows: rows, columns: columns)
    }
  }

  private mutating func draw(
    _ mark: RegionMark, _ placement: Viewport.Placement, _ grid: inout CellGrid
  ) {
    guard let runs = spans[mark.region], mask.fill(runs, placement) else { return }
    let first = placement.row % 2
    let color = RegionColor.pixel(mark.color)
    mask.outline { row, column in
      grid.image.pixels[(first + row) * placement.columns + column] = color
    }
    if mark.isSelected {
      for handle in mark.region.handles {
        guard let place = mask.place(ofCorner: handle, in: mark.region, placement) else { continue }
        grid.image.pixels[(first + place.row) * placement.columns + place.column] = Self.handle
      }
    }
    label(mark, first, &grid)
  }

  /// The name over the top left corner, under the region where there is no room above.
  private func label(_ mark: RegionMark, _ first: Int, _ grid: inout CellGrid) {
    let area = grid.image.area
    let name = PrintableText(mark.region.name ?? "")
    let above = (mask.outlineRows.lowerBound + first) / 2 - 1
    let below = (mask.outlineRows.upperBound + first + 1) / 2
    let row = above >= 0 ? above : below < area.rows ? below : 0
    let room = area.columns - mask.columns.lowerBound
    let style = TextStyle(foreground: mark.color, mark.isSelected ? [.bold, .reverse] : .bold)
    grid.write(
      name, row: area.row + row, column: area.column + mask.columns.lowerBound, width: room,
      style: style)
  }

  private static let handle: UInt32 = 0xFFFFFF | ImagePatch.overlay
}

extension RegionOfInterest {
  /// The corners that can be taken hold of: of the polygon, or of the box around the region.
  var handles: [Vertex] {
    switch outline {
    case .point: return []
    case .polygon(let vertices): return vertices
    case .rectangle(let x, let y, let width, let height),
      .ellipse(let x, let y, let width, let height):
      let (left, top) = (Double(x), Double(y))
      let (right, bottom) = (left + Double(width), top + Double(height))
      return [
        Vertex(x: left, y: top), Vertex(x: right, y: top), Vertex(x: right, y: bottom),
        Vertex(x: left, y: bottom),
      ]
    }
  }
}
