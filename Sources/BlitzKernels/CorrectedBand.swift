public import BlitzCore

/// Corrects one band of rows, going from frame to frame: what a thread keeps while it exports a stack.
///
/// Going forward, a sliding window costs one frame in and one out, whatever its length; a jump costs
/// the whole window.
public struct CorrectedBand {
  private let rows: Range<Int>
  private let source: any SampleSource
  private let correction: FusedCorrection
  private var subtract, divide: OperandBand
  private let mask: MaskPlane?
  private let scratch: BandScratch

  /// A band of a corrected source, `rows` within its shape.
  public init(_ corrected: CorrectedSource, rows: Range<Int>, scratch: BandScratch) {
    (self.rows, source, correction) = (rows, corrected.source, corrected.correction)
    self.scratch = scratch
    mask = corrected.mask
    subtract = OperandBand(corrected.subtract, rows, source, scratch.inner)
    divide = OperandBand(corrected.divide, rows, source, scratch.inner.inner)
  }

  /// Corrects the band of one frame, which must not be pending.
  ///
  /// - Parameter result: `rows.count * shape.rowSize` samples.
  /// - Returns: How many samples were set to 0 because their denominator is 0.
  /// - Throws: What reading a source threw.
  public mutating func correct(
    _ frame: Int, into result: inout MutableSpan<Float>
  ) throws(BlitzError) -> Int {
    try subtract.move(to: frame)
    try divide.move(to: frame)
    let zeroed = try source.withBand(rows: rows, frames: frame..<frame + 1, scratch: scratch) {
      (samples, _) throws(BlitzError) in
      try subtract.lend(frame) { (subtrahend) throws(BlitzError) in
        try divide.lend(frame) { (divisor) throws(BlitzError) in
          correction.apply(to: samples, subtrahend: subtrahend, divisor: divisor, into: &result)
        }
      }
    }
    mask?.apply(to: &result, from: rows.lowerBound * source.shape.rowSize)
    return zeroed
  }
}

/// One operand's samples for a band of rows.
private struct OperandBand {
  private let operand: CorrectedSource.Operand?
  private let rows: Range<Int>
  private let rowSize: Int
  private let scratch: BandScratch
  private var cursor: WindowCursor<SlidingMean>?
  /// The window's mean, or NaN for a frame that the other source does not have.
  private var computed: [Float] = []
  private var isComputed = false

  init(
    _ operand: CorrectedSource.Operand?, _ rows: Range<Int>, _ source: any SampleSource,
    _ scratch: BandScratch
  ) {
    (self.operand, self.rows, rowSize) = (operand, rows, source.shape.rowSize)
    self.scratch = scratch
    guard case .window(let window) = operand else { return }
    cursor = WindowCursor(window, rows, source, scratch)
  }

  /// Computes what must be computed for a frame.
  mutating func move(to frame: Int) throws(BlitzError) {
    switch operand {
    case .window:
      if computed.isEmpty { computed.fill(rows.count * rowSize, with: 0) }
      try Self.write(&cursor, frame, to: &computed)
      isComputed = true
    case .frames(let other):
      isComputed = other.condition(of: frame) != .complete
      if isComputed { computed.fill(rows.count * rowSize, with: .nan) }
    case .plane, nil: break
    }
  }

  private static func write(
    _ cursor: inout WindowCursor<SlidingMean>?, _ frame: Int, to samples: inout [Float]
  ) throws(BlitzError) {
    var span = samples.mutableSpan
    try cursor?.write(frame: frame, to: &span)
  }

  /// Lends the samples of a frame; none when there is nothing to subtract or divide by.
  func lend<R>(
    _ frame: Int, _ body: (Span<Float>) throws(BlitzError) -> R
  ) throws(BlitzError) -> R {
    if isComputed { return try body(computed.span) }
    switch operand {
    case .plane(let plane):
      return try body(
        plane.span.extracting(rows.lowerBound * rowSize..<rows.upperBound * rowSize))
    case .frames(let other):
      return try other.withBand(rows: rows, frames: frame..<frame + 1, scratch: scratch) {
        (samples, _) throws(BlitzError) in try body(samples)
      }
    case .window, nil: return try body(Span())
    }
  }
}
