public import BlitzCore

/// A mask brought to the samples of a frame: which of them count.
public struct MaskPlane: Sendable {
  /// 1 for a sample that counts and NaN for one that does not: a product with 1 is the number itself.
  private let factors: [Float]

  /// Samples of a frame.
  public var count: Int { factors.count }

  /// Keeps the pixels of a region; nil when none of them lies in the frame.
  public init?(keeping region: RegionOfInterest, in shape: StackShape) {
    var factors = [Float](repeating: .nan, count: shape.frameSize)
    let spans = RowSpans(of: region, rows: shape.rows, columns: shape.columns)
    for run in spans.runs {
      let row = run.row * shape.columns
      for i in (row + run.columns.lowerBound) * shape.channels..<(row + run.columns.upperBound)
        * shape.channels
      {
        factors[i] = 1
      }
    }
    guard !spans.isEmpty else { return nil }
    self.factors = factors
  }

  /// Keeps the pixels that are neither 0 nor NaN in an image of `rows` x `columns`; nil when there are
  /// none, or the image has other extents.
  ///
  /// An image of another size than the frame's is brought to it. A pixel then counts only where all
  /// that it covers does, so that nothing left out leaks into it.
  public init?(keeping image: Span<Float>, rows: Int, columns: Int, in shape: StackShape) {
    guard image.count == rows * columns else { return nil }
    let left = image.indices.map { (image[$0].isNaN || image[$0] == 0) ? 1 : 0 as Float }
    var part = left
    if rows != shape.rows || columns != shape.columns {
      var resample = AreaResample(
        sourceRows: rows, sourceColumns: columns, rows: shape.rows, columns: shape.columns)
      part = [Float](repeating: 1, count: shape.rows * shape.columns)
      var target = part.mutableSpan
      resample?.apply(left.span, into: &target)
    }
    guard part.contains(0) else { return nil }
    factors = part.flatMap { repeatElement($0 == 0 ? 1 : .nan, count: shape.channels) }
  }

  /// Makes the samples NaN that do not count.
  ///
  /// - Parameter first: The place in the frame that `samples` begin at; they must end within it.
  /// - Complexity: One pass, no allocation.
  public func apply(to samples: inout MutableSpan<Float>, from first: Int) {
    let factors = factors.span.extracting(first..<first + samples.count)
    for i in factors.indices { samples[i] *= factors[i] }
  }

  /// The same for all samples of a frame.
  public func apply(to samples: inout [Float]) {
    var span = samples.mutableSpan
    apply(to: &span, from: 0)
  }
}
