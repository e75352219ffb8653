import BlitzCore

/// What the mouse holds while its button is down.
struct Grip: Equatable, Sendable {
  /// The thing held.
  enum Held: Equatable, Sendable {
    case playhead
    /// One end of the range; the other stays at a source frame.
    case rangeEnd(opposite: Int)
    /// The range as it was, taken at a position.
    case range(FrameRange, from: Int)
    case crosshair
    /// A region that is drawn from a pixel on.
    case newRegion(from: PixelPoint)
    /// The place of a kept region in the list, and where on it the button went down.
    case keptRegion(Int, RegionPart)
    /// The region of the draft as it was.
    case draft(RegionDraft, RegionPart)
  }

  var held: Held
  /// Where drags go, wherever the pointer is meanwhile.
  let place: PointerEvent.Place
  var hasMoved = false
  /// True once the drag has a place among the edits.
  var hasEdited = false

  init(_ held: Held, on place: PointerEvent.Place) { (self.held, self.place) = (held, place) }
}

/// Where a region was taken hold of.
enum RegionPart: Equatable, Sendable {
  /// Inside, at a pixel: it moves.
  case inside(PixelPoint)
  /// A corner of its box, opposite to a pixel that stays: it is resized.
  case corner(opposite: PixelPoint)
  /// A corner of a polygon, by its number.
  case vertex(Int)
}

extension RegionOfInterest.Outline {
  /// The part under a pixel; nil beside the region.
  ///
  /// - Parameters:
  ///   - reach: How far from a corner it can be taken hold of, in pixels across and down; at most a
  ///     quarter of the box, so that a small region can be moved as well.
  func part(at point: PixelPoint, reach: (x: Double, y: Double)) -> RegionPart? {
    if case .polygon(let vertices) = self {
      let vertex = vertices.firstIndex { vertex in
        abs(Double(point.x) + 0.5 - vertex.x) <= max(reach.x, 0.5)
          && abs(Double(point.y) + 0.5 - vertex.y) <= max(reach.y, 0.5)
      }
      if let vertex { return .vertex(vertex) }
    }
    let box = box
    let (right, bottom) = (box.x + box.width - 1, box.y + box.height - 1)
    if hasCorners, box.width > 2 || box.height > 2 {
      for (x, oppositeX) in [(box.x, right), (right, box.x)] {
        for (y, oppositeY) in [(box.y, bottom), (bottom, box.y)]
        where Double(abs(point.x - x)) <= min(reach.x, Double(box.width) / 4)
          && Double(abs(point.y - y)) <= min(reach.y, Double(box.height) / 4)
        {
          return .corner(opposite: PixelPoint(x: oppositeX, y: oppositeY))
        }
      }
    }
    let isInside = box.x...right ~= point.x && box.y...bottom ~= point.y
    return isInside ? .inside(point) : nil
  }

  private var hasCorners: Bool {
    switch self {
    case .rectangle, .ellipse: true
    case .polygon, .point: false
    }
  }
}
