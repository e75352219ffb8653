public import BlitzCore
import BlitzKernels
public import BlitzModel

/// Draws the outlines of regions into a picture that goes by, in the viewer's colours, without names.
///
/// An outline is made of the same pixels as on the viewer's screen: the outermost ones that belong
/// to the region, or the ring around a region too small to leave any of its inside to be seen.
public struct RegionOutlines {
  private let regions: [RegionOfInterest]

  /// Outlines of regions, the last one on top.
  public init(_ regions: [RegionOfInterest]) { self.regions = regions }

  /// True when there is nothing to draw.
  public var isEmpty: Bool { regions.isEmpty }

  /// Draws over the pixels of a placed frame; what lies outside is left out.
  ///
  /// - Parameters:
  ///   - pixels: `0xRRGGBB`, row by row, the frame's first pixel at the start.
  ///   - rowSize: Pixels of a row of them, at least `placement.columns`.
  ///   - rows, columns: The frame's extents, which cut regions.
  /// - Complexity: O(pixels) for each region.
  public func draw(
    over pixels: inout [UInt32], rowSize: Int, of placement: Viewport.Placement, rows: Int,
    columns: Int
  ) {
    var mask = RegionMask()
    for (place, region) in regions.enumerated() {
      let runs = RowSpans(of: region, rows: rows, columns: columns)
      guard !runs.isEmpty, mask.fill(runs, placement) else { continue }
      let color = RegionColor.pixel(RegionColor.index(place))
      mask.outline { row, column in
        let place = placement.shown(column: column, row: row)
        pixels[place.row * rowSize + place.column] = color
      }
    }
  }
}
