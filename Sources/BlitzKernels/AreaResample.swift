/// Scales frames by averaging the area under each target pixel; where it enlarges, by the nearest pixel.
///
/// NaN is left out of the average, and a target pixel with nothing else, or outside the frame, is NaN.
/// Weights and working rows are made once, so that scaling a frame allocates nothing. A value type
/// with scratch inside: use one per thread.
public struct AreaResample: Sendable {
  private let plan: ResamplePlan
  private var sums: [Double]

  /// Prepares the scaling of one region of frames of `sourceRows` x `sourceColumns` pixels.
  ///
  /// Nil unless all extents are positive; `region` nil means the whole frame.
  public init?(
    sourceRows: Int, sourceColumns: Int, channels: Int = 1, region: ResampleRegion? = nil,
    rows: Int, columns: Int
  ) {
    let plan = ResamplePlan(
      sourceRows: sourceRows, sourceColumns: sourceColumns, channels: channels, region: region,
      rows: rows, columns: columns)
    guard let plan else { return nil }
    self.plan = plan
    sums = [Double](repeating: 0, count: plan.sourceRow)
  }

  /// Samples that `apply` writes: rows x columns x channels.
  public var targetCount: Int { plan.targetCount }

  /// Scales one frame, accumulating in Double.
  ///
  /// - Parameters:
  ///   - frame: All samples of a source frame.
  ///   - target: `targetCount` samples, row after row.
  /// - Complexity: O(source pixels in the region + target pixels).
  public mutating func apply(_ frame: Span<Float>, into target: inout MutableSpan<Float>) {
    precondition(frame.count == plan.sourceSize && target.count == targetCount, "wrong extents")
    let width = plan.horizontal.covers.count * plan.channels
    for (row, cover) in plan.vertical.covers.enumerated() {
      sumRows(of: frame, cover)
      averageColumns(of: frame, cover, into: &target, from: row * width)
    }
  }

  /// Weighted sums down the columns, for one target row.
  private mutating func sumRows(of frame: Span<Float>, _ cover: ResampleAxis.Cover) {
    let (rowSize, weights, used) = (plan.sourceRow, plan.vertical.weights, plan.used)
    var total = sums.mutableSpan
    for (offset, row) in cover.positions.enumerated() {
      let weight = weights[cover.weightStart + offset]
      let samples = frame.extracting(row * rowSize..<(row + 1) * rowSize)
      if offset == 0 {
        for i in used { total[i] = weight * Double(samples[i]) }
      } else {
        for i in used { total[i] += weight * Double(samples[i]) }
      }
    }
  }

  /// Weighted sums along the row; only where they come out NaN are the source pixels looked at one by one.
  private func averageColumns(
    of frame: Span<Float>, _ rows: ResampleAxis.Cover,
    into target: inout MutableSpan<Float>, from start: Int
  ) {
    let (horizontal, channels) = (plan.horizontal, plan.channels)
    var position = start
    for cover in horizontal.covers {
      for channel in 0..<channels {
        var sum = 0.0
        for (offset, column) in cover.positions.enumerated() {
          sum += horizontal.weights[cover.weightStart + offset] * sums[column * channels + channel]
        }
        if rows.positions.isEmpty || cover.positions.isEmpty { sum = .nan }
        target[position] = Float(
          sum.isNaN ? averageOfNumbers(in: frame, rows, cover, channel: channel) : sum)
        position += 1
      }
    }
  }

  /// The average of one target pixel's area without its NaN samples; NaN when there are no others.
  private func averageOfNumbers(
    in frame: Span<Float>, _ rows: ResampleAxis.Cover,
    _ columns: ResampleAxis.Cover, channel: Int
  ) -> Double {
    let (vertical, horizontal) = (plan.vertical, plan.horizontal)
    var (sum, total) = (0.0, 0.0)
    for (i, row) in rows.positions.enumerated() {
      for (j, column) in columns.positions.enumerated() {
        let sample = Double(frame[row * plan.sourceRow + column * plan.channels + channel])
        guard !sample.isNaN else { continue }
        let weight =
          vertical.weights[rows.weightStart + i] * horizontal.weights[columns.weightStart + j]
        sum += weight * sample
        total += weight
      }
    }
    return total > 0 ? sum / total : .nan
  }
}
