import BlitzCore
import BlitzKernels
import BlitzModel

/// Which pixels of a placed image show a region; keeps its memory.
///
/// Pixels are counted on the upright image, as if the source lay on the screen as it is.
struct RegionMask {
  /// The box around the region's pixels on the image, not empty after a successful `fill`.
  private(set) var rows = 0..<0
  private(set) var columns = 0..<0

  /// With a margin of one pixel, which tells whether the region goes on beyond the view.
  private var inside: [Bool] = []
  private var sourceColumns: [Int] = []
  private var width = 0
  private var height = 0

  /// Finds the pixels whose middle shows a pixel of the region; one that is too small to be met
  /// becomes the pixel it lies in. False when none of it is visible.
  mutating func fill(_ spans: RowSpans, _ placement: Viewport.Placement) -> Bool {
    (width, height) = placement.upright
    inside.refill((width + 2) * (height + 2), with: false)
    sourceColumns.removeAll(keepingCapacity: true)
    for column in -1...width {
      sourceColumns.append(
        placement.x + (2 * column + 1).floored(times: placement.width, over: 2 * width))
    }
    (rows, columns) = (height..<height, width..<width)
    var (top, bottom, left, right) = (height, 0, width, 0)
    var next = 0
    for row in -1...height {
      let y = placement.y + (2 * row + 1).floored(times: placement.height, over: 2 * height)
      while next < spans.runs.count, spans.runs[next].row < y { next += 1 }
      // Rows of the image may repeat a row of the source, so that its runs are not used up.
      var run = next
      while run < spans.runs.count, spans.runs[run].row == y {
        let columns = spans.runs[run].columns
        run += 1
        for i in sourceColumns.indices where columns.contains(sourceColumns[i]) {
          inside[(row + 1) * (width + 2) + i] = true
          guard 0..<height ~= row, 1...width ~= i else { continue }
          (top, bottom) = (min(top, row), max(bottom, row + 1))
          (left, right) = (min(left, i - 1), max(right, i))
        }
      }
    }
    if top < bottom {
      (rows, columns) = (top..<bottom, left..<right)
      return true
    }
    return fillOnePixel(spans, placement)
  }

  /// Calls `draw` for every pixel of the outline.
  func outline(_ draw: (_ row: Int, _ column: Int) -> Void) {
    guard hasInterior else { return ring(draw) }
    for row in rows {
      for column in columns where isInside(row, column) && isEdge(row, column) { draw(row, column) }
    }
  }

  /// The pixel rows and columns that the outline takes up.
  var outlineBox: (rows: Range<Int>, columns: Range<Int>) {
    hasInterior
      ? (rows, columns) : (rows.widened(within: 0..<height), columns.widened(within: 0..<width))
  }

  /// True when an outline inside the region leaves some of it to be seen.
  private var hasInterior: Bool {
    for row in rows {
      for column in columns where isInside(row, column) && !isEdge(row, column) { return true }
    }
    return false
  }

  /// The pixel of the outline's box that one of a region's corners is nearest to; nil when the corner itself
  /// is beyond the view.
  func place(
    ofCorner corner: RegionOfInterest.Vertex, among corners: [RegionOfInterest.Vertex],
    _ placement: Viewport.Placement
  ) -> (row: Int, column: Int)? {
    var middle = (x: 0.0, y: 0.0)
    for i in corners.indices {
      middle.x += corners[i].x / Double(corners.count)
      middle.y += corners[i].y / Double(corners.count)
    }
    func pixel(_ value: Double, _ start: Int, _ extent: Int, _ pixels: Int, low: Bool) -> Int {
      let place = (value - Double(start)) * Double(pixels) / Double(extent)
      return Int(low ? place.rounded(.down) : place.rounded(.up) - 1)
    }
    let column = pixel(
      corner.x, placement.x, placement.width, width, low: corner.x <= middle.x)
    let row = pixel(corner.y, placement.y, placement.height, height, low: corner.y <= middle.y)
    guard 0..<height ~= row, 0..<width ~= column else { return nil }
    // A pixel shows what its middle shows, so the box may end before the pixel with the corner.
    return (
      handlePlace(row, low: corner.y <= middle.y, rows, outlineBox.rows),
      handlePlace(column, low: corner.x <= middle.x, columns, outlineBox.columns)
    )
  }

  /// Within the region's own pixels, and out to the ring on the corner's side where that is the outline.
  private func handlePlace(
    _ place: Int, low: Bool, _ inside: Range<Int>, _ outline: Range<Int>
  ) -> Int {
    let nearest = min(max(place, inside.lowerBound), inside.upperBound - 1)
    if low, nearest == inside.lowerBound { return outline.lowerBound }
    return !low && nearest == inside.upperBound - 1 ? outline.upperBound - 1 : nearest
  }

  private mutating func fillOnePixel(
    _ spans: RowSpans, _ placement: Viewport.Placement
  ) -> Bool {
    let run = spans.runs.dropFirst(spans.runs.count / 2).first
    guard let run,
      let column = Self.pixel(of: run.columns.lowerBound - placement.x, placement.width, width),
      let row = Self.pixel(of: run.row - placement.y, placement.height, height)
    else { return false }
    inside[(row + 1) * (width + 2) + column + 1] = true
    (rows, columns) = (row..<row + 1, column..<column + 1)
    return true
  }

  /// The pixel that shows the middle of a source pixel; nil beyond the view.
  private static func pixel(of source: Int, _ extent: Int, _ pixels: Int) -> Int? {
    0..<extent ~= source ? (2 * source + 1) * pixels / (2 * extent) : nil
  }

  private func isInside(_ row: Int, _ column: Int) -> Bool {
    inside[(row + 1) * (width + 2) + column + 1]
  }

  private func isEdge(_ row: Int, _ column: Int) -> Bool {
    !isInside(row - 1, column) || !isInside(row + 1, column) || !isInside(row, column - 1)
      || !isInside(row, column + 1)
  }

  private func ring(_ draw: (_ row: Int, _ column: Int) -> Void) {
    let box = outlineBox
    for row in box.rows {
      for column in box.columns where !isInside(row, column) {
        if touches(row, column) { draw(row, column) }
      }
    }
  }

  /// True when one of the nine pixels around a place is inside.
  private func touches(_ row: Int, _ column: Int) -> Bool {
    for y in row - 1...row + 1 {
      for x in column - 1...column + 1 where isInside(y, x) { return true }
    }
    return false
  }
}

extension Range<Int> {
  /// One more at either end, as far as there is room.
  fileprivate func widened(within room: Range<Int>) -> Range<Int> {
    Swift.max(lowerBound - 1, room.lowerBound)..<Swift.min(upperBound + 1, room.upperBound)
  }
}

extension Int {
  /// `self * factor / divisor`, rounded towards negative infinity; `divisor` must be positive.
  fileprivate func floored(times factor: Int, over divisor: Int) -> Int {
    let (quotient, remainder) = (self * factor).quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
