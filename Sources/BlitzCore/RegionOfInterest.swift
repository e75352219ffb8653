/// A region of a frame that is measured on its own (ROI), in loaded pixels, origin at the top left.
///
/// A pixel belongs to it when its centre lies inside. The region may reach beyond the frame; what is
/// outside does not count.
public struct RegionOfInterest: Equatable, Hashable, Sendable {
  /// The shape and where it is.
  public enum Outline: Equatable, Hashable, Sendable {
    /// Pixels `x ..< x + width` of rows `y ..< y + height`.
    case rectangle(x: Int, y: Int, width: Int, height: Int)
    /// The ellipse that fills such a rectangle.
    case ellipse(x: Int, y: Int, width: Int, height: Int)
    /// Vertices in order, even-odd, closed by itself and allowed to cross itself. They lie on pixel
    /// corners' coordinates: 0,0 10,0 10,10 0,10 is the rectangle 0, 0, 10, 10.
    case polygon([Vertex])
    /// One pixel.
    case point(x: Int, y: Int)
  }

  /// A corner of a polygon; whole numbers are pixel corners.
  public struct Vertex: Equatable, Hashable, Sendable {
    /// To the right and down.
    public var x, y: Double

    /// A corner anywhere.
    public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
  }

  /// The shape and where it is.
  public let outline: Outline
  /// 1 to 32 of `A-Z a-z 0-9 _ -`; nil when the person gave none.
  public let name: String?

  /// Coordinates and extents are at most this, well beyond any frame and far from overflow.
  public static let limit = 1 << 24
  /// Vertices of a polygon are at most this many.
  public static let vertexLimit = 4096

  /// Nil for empty extents, less than 3 vertices, anything beyond the limits, or an impossible name.
  public init?(_ outline: Outline, name: String? = nil) {
    guard Self.isPossible(outline), name.map(Self.isName) ?? true else { return nil }
    (self.outline, self.name) = (outline, name)
  }

  /// The region under another name; nil when that is no name.
  public func named(_ name: String) -> RegionOfInterest? { RegionOfInterest(outline, name: name) }

  /// The name a region gets from its place in the list: A, B, ... Z, AA, AB, ...
  public static func automaticName(_ index: Int) -> String {
    var (name, rest) = ("", max(index, 0) + 1)
    while rest > 0 {
      name.insert(Character(Unicode.Scalar(UInt8(65 + (rest - 1) % 26))), at: name.startIndex)
      rest = (rest - 1) / 26
    }
    return name
  }

  /// True for text that may name a region.
  public static func isName(_ text: String) -> Bool {
    1...32 ~= text.utf8.count
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar == "_" || scalar == "-")
      }
  }

  private static func isPossible(_ outline: Outline) -> Bool {
    switch outline {
    case .rectangle(let x, let y, let width, let height),
      .ellipse(let x, let y, let width, let height):
      return isCoordinate(x) && isCoordinate(y) && 1...limit ~= width && 1...limit ~= height
    case .polygon(let vertices):
      return 3...vertexLimit ~= vertices.count
        && vertices.allSatisfy { abs($0.x) <= Double(limit) && abs($0.y) <= Double(limit) }
    case .point(let x, let y):
      return isCoordinate(x) && isCoordinate(y)
    }
  }

  private static func isCoordinate(_ value: Int) -> Bool { -limit...limit ~= value }
}
