public import BlitzCore

/// A region while it is drawn or changed by keys or mouse; whole pixels throughout.
public struct RegionDraft: Equatable, Sendable {
  /// What is drawn.
  public enum Shape: Hashable, Sendable { case rectangle, ellipse, polygon, point }

  /// What is drawn.
  public let shape: Shape
  /// The box of a rectangle or ellipse; a polygon's cursor; a point.
  private(set) var x, y, width, height: Int
  /// Corners of a polygon so far.
  private(set) var vertices: [RegionOfInterest.Vertex] = []

  /// A box of a quarter of what is visible, in its middle; a polygon starts with its cursor there.
  init(_ shape: Shape, in view: Viewport.Placement) {
    self.shape = shape
    let isBox = shape == .rectangle || shape == .ellipse
    width = isBox ? max(1, view.width / 4) : 1
    height = isBox ? max(1, view.height / 4) : 1
    x = view.x + (view.width - width) / 2
    y = view.y + (view.height - height) / 2
  }

  /// A box between two corners, both inside.
  init(_ shape: Shape, from start: PixelPoint, to end: PixelPoint) {
    self.shape = shape
    (x, y) = (min(start.x, end.x), min(start.y, end.y))
    (width, height) = (abs(start.x - end.x) + 1, abs(start.y - end.y) + 1)
  }

  /// The draft that continues a kept region.
  init(_ region: RegionOfInterest) {
    (width, height) = (1, 1)
    switch region.outline {
    case .rectangle(let x, let y, let width, let height):
      (shape, self.x, self.y, self.width, self.height) = (.rectangle, x, y, width, height)
    case .ellipse(let x, let y, let width, let height):
      (shape, self.x, self.y, self.width, self.height) = (.ellipse, x, y, width, height)
    case .polygon(let corners): (shape, x, y, vertices) = (.polygon, 0, 0, corners)
    case .point(let x, let y): (shape, self.x, self.y) = (.point, x, y)
    }
  }

  /// The region so far; nil while a polygon has fewer than three corners.
  public var outline: RegionOfInterest.Outline? {
    switch shape {
    case .rectangle: .rectangle(x: x, y: y, width: width, height: height)
    case .ellipse: .ellipse(x: x, y: y, width: width, height: height)
    case .polygon: vertices.count >= 3 ? .polygon(vertices) : nil
    case .point: .point(x: x, y: y)
    }
  }

  /// The polygon's cursor, where the next corner falls.
  public var cursor: PixelPoint? { shape == .polygon ? PixelPoint(x: x, y: y) : nil }

  /// Moves it, or a polygon's cursor; its first pixel stays in the frame.
  mutating func move(_ columns: Int, _ rows: Int, in shape: StackShape) {
    x = min(max(x + columns, 0), shape.columns - 1)
    y = min(max(y + rows, 0), shape.rows - 1)
  }

  /// Grows or shrinks it to the right and down, never beyond the frame.
  mutating func resize(_ columns: Int, _ rows: Int, in shape: StackShape) {
    guard self.shape != .point else { return }
    width = min(max(width + columns, 1), max(1, shape.columns - x))
    height = min(max(height + rows, 1), max(1, shape.rows - y))
  }

  /// Shifts all corners of a kept polygon, unless one would leave the frame.
  mutating func moveCorners(_ columns: Int, _ rows: Int, in shape: StackShape) {
    let moved = vertices.map {
      RegionOfInterest.Vertex(x: $0.x + Double(columns), y: $0.y + Double(rows))
    }
    let isInside = moved.allSatisfy {
      0...Double(shape.columns) ~= $0.x && 0...Double(shape.rows) ~= $0.y
    }
    if isInside { vertices = moved }
  }

  /// Becomes what `start` is after one of its parts was dragged to a pixel of the frame.
  mutating func drag(
    _ start: RegionDraft, _ part: RegionPart, to point: PixelPoint, in frame: StackShape
  ) {
    switch part {
    case .inside(let origin):
      let (columns, rows) = (point.x - origin.x, point.y - origin.y)
      var next = start
      if shape == .polygon {
        next.moveCorners(columns, rows, in: frame)
      } else {
        next.move(columns, rows, in: frame)
      }
      self = next
    case .corner(let opposite): self = RegionDraft(shape, from: opposite, to: point)
    case .vertex(let index):
      guard vertices.indices ~= index else { return }
      vertices[index] = RegionOfInterest.Vertex(x: Double(point.x), y: Double(point.y))
    }
  }

  /// Puts a polygon's cursor on a pixel.
  mutating func moveCursor(to point: PixelPoint) { (x, y) = (point.x, point.y) }

  mutating func addVertex() {
    guard vertices.count < RegionOfInterest.vertexLimit else { return }
    vertices.append(RegionOfInterest.Vertex(x: Double(x), y: Double(y)))
  }

  mutating func removeLastVertex() { _ = vertices.popLast() }
}
