/// Scales frames by the largest sample under each target pixel, so that a single bright pixel stays visible.
///
/// Every pixel that the target touches counts, however little of it lies inside. NaN is left out, and
/// a target pixel with nothing else, or outside the frame, is NaN. Where it enlarges, the nearest pixel.
public struct MaximumResample: Sendable {
  private let plan: ResamplePlan
  private var maxima: [Float]

  /// Prepares the scaling of one region; parameters and nil as for `AreaResample`.
  public init?(
    sourceRows: Int, sourceColumns: Int, channels: Int = 1, region: ResampleRegion? = nil,
    rows: Int, columns: Int
  ) {
    let plan = ResamplePlan(
      sourceRows: sourceRows, sourceColumns: sourceColumns, channels: channels, region: region,
      rows: rows, columns: columns)
    guard let plan else { return nil }
    self.plan = plan
    maxima = [Float](repeating: .nan, count: plan.sourceRow)
  }

  /// Samples that `apply` writes: rows x columns x channels.
  public var targetCount: Int { plan.targetCount }

  /// Scales one frame, of exactly the extents given, into `targetCount` samples.
  ///
  /// - Complexity: O(source pixels in the region + target pixels), no allocation.
  public mutating func apply(_ frame: Span<Float>, into target: inout MutableSpan<Float>) {
    precondition(frame.count == plan.sourceSize && target.count == targetCount, "wrong extents")
    let (vertical, horizontal, channels) = (plan.vertical, plan.horizontal, plan.channels)
    var position = 0
    for cover in vertical.covers {
      foldRows(of: frame, cover.positions)
      for columns in horizontal.covers {
        for channel in 0..<channels {
          var largest = Float.nan
          for column in columns.positions {
            largest = Self.larger(largest, maxima[column * channels + channel])
          }
          target[position] = largest
          position += 1
        }
      }
    }
  }

  private mutating func foldRows(of frame: Span<Float>, _ rows: Range<Int>) {
    let (rowSize, used) = (plan.sourceRow, plan.used)
    var result = maxima.mutableSpan
    for i in used { result[i] = .nan }
    for row in rows {
      let samples = frame.extracting(row * rowSize..<(row + 1) * rowSize)
      for i in used { result[i] = Self.larger(result[i], samples[i]) }
    }
  }

  /// The larger of two samples, NaN only when both are.
  @inline(__always)
  private static func larger(_ a: Float, _ b: Float) -> Float { a >= b || b.isNaN ? a : b }
}
