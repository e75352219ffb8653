/// What keeps a projection from being whole: the word `partial` stands beside it.
public struct ProjectionShortfall: Hashable, Sendable {
  /// Frames of its range that did not take part, because they have not arrived, or because it was
  /// stopped before them. Damaged frames are no part of this.
  public let frames: Int
  /// Rows of the image that were not computed; their samples are NaN.
  public let rows: Int

  /// Nothing, unless said otherwise.
  public init(frames: Int = 0, rows: Int = 0) { (self.frames, self.rows) = (frames, rows) }

  /// True for a projection that is whole.
  public var isEmpty: Bool { frames <= 0 && rows <= 0 }

  /// What is there, of so many: `18 of 50 frames`, `96 of 480 rows`; nil for a whole projection.
  public func text(frames frameCount: Int, rows rowCount: Int) -> String? {
    let parts = [
      frames > 0 ? "\(frameCount - frames) of \(frameCount) frames" : nil,
      rows > 0 ? "\(rowCount - rows) of \(rowCount) rows" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
