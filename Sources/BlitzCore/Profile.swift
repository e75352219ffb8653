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
  public let line: Line
  /// The rows or columns that take part: width W reaches from `(W - 1) / 2` before the line to `W / 2`
  /// after it, clipped to the frame.
  public let band: Range<Int>
  /// Interleaved values at each position; 1, or 3 for colour.
  public let channels: Int
  /// One value for each position and channel; NaN where the band holds no number.
  public var mean, min, max: [Double]

  /// The profile of a line with nothing in it yet; nil when the line is not in the frame, or `width` is below 1.
  public init?(_ line: Line, width: Int, in shape: StackShape) {
    let (index, count, length) =
      switch line {
      case .row(let row): (row, shape.rows, shape.columns)
      case .column(let column): (column, shape.columns, shape.rows)
      }
    guard 0..<count ~= index, width >= 1 else { return nil }
    let width = Swift.min(width, 1 << 20)
    self.line = line
    channels = shape.channels
    band = Swift.max(index - (width - 1) / 2, 0)..<Swift.min(index + width / 2 + 1, count)
    mean = [Double](repeating: .nan, count: length * shape.channels)
    (min, max) = (mean, mean)
  }
}
