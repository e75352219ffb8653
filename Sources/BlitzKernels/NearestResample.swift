/// Scales frames by the pixel under the middle of each target pixel: no arithmetic, every value is real.
public struct NearestResample: Sendable {
  private let sourceSize: Int
  private let channels: Int
  private let rowStarts, columnStarts: [Int?]

  /// Prepares the scaling of one region; parameters and nil as for `AreaResample`.
  public init?(
    sourceRows: Int, sourceColumns: Int, channels: Int = 1, region: ResampleRegion? = nil,
    rows: Int, columns: Int
  ) {
    guard sourceRows > 0, sourceColumns > 0, channels > 0, rows > 0, columns > 0 else { return nil }
    let region = region ?? ResampleRegion(rows: sourceRows, columns: sourceColumns)
    self.channels = channels
    sourceSize = sourceRows * sourceColumns * channels
    func starts(_ target: Int, _ start: Double, _ extent: Double, source: Int, size: Int) -> [Int?]
    {
      (0..<target).map { index in
        let middle = start + extent * (Double(index) + 0.5) / Double(target)
        return middle >= 0 && middle < Double(source) ? Int(middle) * size : nil
      }
    }
    rowStarts = starts(
      rows, region.y, region.height, source: sourceRows, size: sourceColumns * channels)
    columnStarts = starts(columns, region.x, region.width, source: sourceColumns, size: channels)
  }

  /// Samples that `apply` writes: rows x columns x channels.
  public var targetCount: Int { rowStarts.count * columnStarts.count * channels }

  /// Scales one frame; target pixels outside it are NaN.
  ///
  /// - Complexity: O(`targetCount`), no allocation.
  public func apply(_ frame: Span<Float>, into target: inout MutableSpan<Float>) {
    precondition(frame.count == sourceSize && target.count == targetCount, "wrong extents")
    var position = 0
    for row in rowStarts {
      for column in columnStarts {
        for channel in 0..<channels {
          if let row, let column {
            target[position] = frame[row + column + channel]
          } else {
            target[position] = .nan
          }
          position += 1
        }
      }
    }
  }
}
