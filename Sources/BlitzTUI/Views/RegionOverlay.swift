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
  private var shapes: [RegionOfInterest: Shape] = [:]
  private var frameSize = (rows: 0, columns: 0)

  /// What is worked out once of a region.
  private struct Shape {
    let spans: RowSpans
    let handles: [RegionOfInterest.Vertex]
  }

  /// An overlay that has drawn nothing yet.
  public init() {}

  /// Draws marks over the image that `grid` holds; the selected one is drawn last.
  ///
  /// - Parameters:
  ///   - placement: Which part of the frame the image is, and where it lies.
  ///   - rows, columns: The frame's extents, which cut regions.
  ///   - depth: Without colours outlines are white between black lines, seen on dark and on bright.
  /// - Complexity: O(pixels shown) for each region; regions are cut into runs once.
  public mutating func draw(
    _ marks: [RegionMark], placement: Viewport.Placement, rows: Int, columns: Int,
    depth: ColorDepth = .rgb, in grid: inout CellGrid
  ) {
    // Sizes differ only while an image for another canvas is still on the screen.
    let origin = placement.patchOrigin
    guard grid.image.shape == placement.cells,
      grid.image.pixelColumns >= origin.column + placement.columns,
      grid.image.pixelRows >= origin.row + placement.rows
    else { return }
    keepShapes(of: marks, rows, columns)
    for i in marks.indices where !marks[i].isSelected { draw(marks[i], placement, depth, &grid) }
    for i in marks.indices where marks[i].isSelected { draw(marks[i], placement, depth, &grid) }
  }

  private mutating func keepShapes(of marks: [RegionMark], _ rows: Int, _ columns: Int) {
    if frameSize != (rows, columns) { shapes.removeAll() }
    frameSize = (rows, columns)
    // While a region is dragged, every step of it would stay.
    if shapes.count > 2 * marks.count + 8 { shapes.removeAll(keepingCapacity: true) }
    for i in marks.indices where shapes[marks[i].region] == nil {
      let region = marks[i].region
      shapes[region] = Shape(
        spans: RowSpans(of: region, rows: rows, columns: columns), handles: region.handles)
    }
  }

  private mutating func draw(
    _ mark: RegionMark, _ placement: Viewport.Placement, _ depth: ColorDepth,
    _ grid: inout CellGrid
  ) {
    guard let shape = shapes[mark.region], mask.fill(shape.spans, placement) else { return }
    let color = depth == .mono ? Self.white : RegionColor.pixel(mark.color)
    let stride = grid.image.pixelColumns
    if depth == .mono { surround(placement, &grid.image) }
    mask.outline { row, column in
      grid.image.pixels[placement.pixel(row: row, column: column, stride: stride)] = color
    }
    if mark.isSelected {
      for i in shape.handles.indices {
        guard let place = mask.place(ofCorner: shape.handles[i], among: shape.handles, placement)
        else { continue }
        let pixel = placement.pixel(row: place.row, column: place.column, stride: stride)
        grid.image.pixels[pixel] = Self.white
      }
    }
    label(mark, placement, &grid)
  }

  /// Blackens what is next to the outline, whose own pixels are drawn over it.
  private func surround(_ placement: Viewport.Placement, _ patch: inout ImagePatch) {
    let stride = patch.pixelColumns
    mask.outline { row, column in
      let center = placement.pixel(row: row, column: column, stride: stride)
      for y in max(center / stride - 1, 0)...min(center / stride + 1, patch.pixelRows - 1) {
        for x in max(center % stride - 1, 0)...min(center % stride + 1, stride - 1) {
          patch.pixels[y * stride + x] = Self.black
        }
      }
    }
  }

  /// The name over the top left corner, under the region where there is no room above.
  private func label(
    _ mark: RegionMark, _ placement: Viewport.Placement, _ grid: inout CellGrid
  ) {
    let area = grid.image.area
    let name = PrintableText(mark.region.name ?? "")
    let box = mask.outlineBox
    let rows = placement.shownBox(box).rows
    let left = placement.shownBox((mask.rows, mask.columns)).columns.lowerBound
    let above = (rows.lowerBound + placement.patchOrigin.row) / 2 - 1
    let below = (rows.upperBound + placement.patchOrigin.row + 1) / 2
    let row = above >= 0 ? above : below < area.rows ? below : 0
    let column = (left + placement.patchOrigin.column) / placement.cells.pixelColumns
    let style = TextStyle(foreground: mark.color, mark.isSelected ? Self.selected : .bold)
    grid.write(
      name, row: area.row + row, column: area.column + column, width: area.columns - column,
      style: style)
  }

  private static let selected: TextStyle.Attributes = [.bold, .reverse]
  private static let white: UInt32 = 0xFFFFFF | ImagePatch.line
  private static let black: UInt32 = 0x000000 | ImagePatch.line
}

extension Viewport.Placement {
  /// The place in a patch of a pixel of the upright image.
  fileprivate func pixel(row: Int, column: Int, stride: Int) -> Int {
    let place = shown(column: column, row: row)
    return (patchOrigin.row + place.row) * stride + patchOrigin.column + place.column
  }

  /// A box of the upright image, not empty, as it lies on the screen.
  fileprivate func shownBox(
    _ box: (rows: Range<Int>, columns: Range<Int>)
  ) -> (rows: Range<Int>, columns: Range<Int>) {
    let a = shown(column: box.columns.lowerBound, row: box.rows.lowerBound)
    let b = shown(column: box.columns.upperBound - 1, row: box.rows.upperBound - 1)
    return (
      min(a.row, b.row)..<max(a.row, b.row) + 1,
      min(a.column, b.column)..<max(a.column, b.column) + 1
    )
  }
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
