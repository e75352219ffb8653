/// The samples along a row or a column of one frame, averaged over a band of neighbours; NaN is left out.
public struct Profile: Equatable, Sendable {
  /// The line's direction and place.
  public enum Line: Equatable, Hashable, Sendable {
    /// Along a row: one value for each column.
    case row(Int)
    /// Down a column: one value for each row.
    case column(Int)
  }

  /// Where it runs.
  public private(set) var line: Line
  /// The rows or columns that take part: width W reaches from `(W - 1) / 2` before the line to `W / 2`
  /// after it, clipped to the frame.
  public private(set) var band: Range<Int>
  /// Interleaved values at each position; 1, or 3 for colour.
  public private(set) var channels: Int
  /// One value for each position and channel; NaN where the band holds no number.
  public var mean, min, max: [Double]

  /// The profile of a line with nothing in it yet; nil when the line is not in the frame, or `width` is below 1.
  public init?(_ line: Line, width: Int, in shape: StackShape) {
    guard let band = Self.band(line, width: width, in: shape) else { return nil }
    (self.line, self.band, channels) = (line, band, shape.channels)
    mean = [Double](repeating: .nan, count: Self.count(line, in: shape))
    (min, max) = (mean, mean)
  }

  /// Makes it the profile of another line, whose values are still to be measured; keeps its memory
  /// where the line has as many samples.
  ///
  /// - Returns: False, and nothing is changed, where `init` would give nil.
  public mutating func move(to line: Line, width: Int, in shape: StackShape) -> Bool {
    guard let band = Self.band(line, width: width, in: shape) else { return false }
    (self.line, self.band, channels) = (line, band, shape.channels)
    let count = Self.count(line, in: shape)
    if mean.count != count {
      mean = [Double](repeating: .nan, count: count)
      (min, max) = (mean, mean)
    }
    return true
  }

  private static func count(_ line: Line, in shape: StackShape) -> Int {
    switch line {
    case .row: shape.columns * shape.channels
    case .column: shape.rows * shape.channels
    }
  }

  private static func band(_ line: Line, width: Int, in shape: StackShape) -> Range<Int>? {
    let (index, count) =
      switch line {
      case .row(let row): (row, shape.rows)
      case .column(let column): (column, shape.columns)
      }
    guard 0..<count ~= index, width >= 1 else { return nil }
    let width = Swift.min(width, 1 << 20)
    return Swift.max(index - (width - 1) / 2, 0)..<Swift.min(index + width / 2 + 1, count)
  }
}
