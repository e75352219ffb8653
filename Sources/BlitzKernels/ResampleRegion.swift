/// The part of a frame that is resampled, in source pixels; pixel `i` covers `i ..< i + 1`.
public struct ResampleRegion: Equatable, Sendable {
  /// Left and top edge, and the extents to the right and down; fractions of pixels are allowed.
  public let x, y, width, height: Double

  /// Nil unless all are finite, below 2^24 in size, and the extents are positive.
  public init?(x: Double, y: Double, width: Double, height: Double) {
    let limit = Double(1 << 24)
    guard abs(x) <= limit, abs(y) <= limit, width > 0, height > 0, width <= limit, height <= limit
    else { return nil }
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// All of a frame, whose extents are at least 1.
  public init(rows: Int, columns: Int) {
    (x, y, width, height) = (0, 0, Double(columns), Double(rows))
  }
}
