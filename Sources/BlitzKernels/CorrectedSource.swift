public import BlitzCore

/// A source whose frames are those of another, corrected: y = (x - a S) / (b D + 1 - b).
///
/// Kernels over it honour corrections, the mean of y instead of y of the mean. Frames that a sliding
/// window does not reach are all NaN, so statistics skip them.
public struct CorrectedSource: SampleSource {
  /// What S or D is.
  public enum Operand: Sendable {
    /// The same samples for every frame: `shape.frameSize` of them.
    case plane([Float])
    /// Frame by frame from a source of the same extents.
    case frames(any SampleSource)
    /// The mean of a window over the raw frames.
    case window(SlidingWindow)
  }

  /// The raw frames.
  public let source: any SampleSource
  let subtract, divide: Operand?
  let correction: FusedCorrection
  /// The samples that count; nil when all do.
  public let mask: MaskPlane?

  /// Corrects `source`; nil when the extents of an operand or of the mask differ from its own.
  ///
  /// - Parameters:
  ///   - amounts: a and b, each in 0...1.
  ///   - mask: What counts; all else becomes NaN, after the arithmetic.
  public init?(
    _ source: any SampleSource, subtract: Operand? = nil, divide: Operand? = nil,
    amounts: (subtract: Double, divide: Double) = (1, 1), mask: MaskPlane? = nil
  ) {
    guard [subtract, divide].allSatisfy({ $0.map { $0.fits(source.shape) } ?? true }),
      mask.map({ $0.count == source.shape.frameSize }) ?? true
    else { return nil }
    (self.source, self.subtract, self.divide, self.mask) = (source, subtract, divide, mask)
    correction = FusedCorrection(subtract: amounts.subtract, divide: amounts.divide)
  }

  /// The extents, which correction does not change.
  public var shape: StackShape { source.shape }

  /// False: a denominator may be tiny, and a window may not reach a frame.
  public var isKnownFinite: Bool { false }

  /// As for the raw frame.
  public func condition(of frame: Int) -> FrameCondition { source.condition(of: frame) }

  /// Corrects one frame as a whole.
  ///
  /// - Returns: How many samples were set to 0 because their denominator is 0.
  /// - Throws: What reading a source threw.
  /// - Complexity: One pass; with a window, one over each of its frames besides.
  public func correct(
    frame: Int, into result: inout MutableSpan<Float>, scratch: BandScratch
  ) throws(BlitzError) -> Int {
    var band = CorrectedBand(self, rows: 0..<shape.rows, scratch: scratch)
    return try band.correct(frame, into: &result)
  }

  /// Lends corrected rows, computed in `scratch`.
  public func withBand<R>(
    rows: Range<Int>, frames: Range<Int>, scratch: BandScratch,
    _ body: (_ samples: Span<Float>, _ stride: Int) throws(BlitzError) -> R
  ) throws(BlitzError) -> R {
    let size = rows.count * shape.rowSize
    return try scratch.withSamples(size * frames.count) { (result) throws(BlitzError) in
      var band = CorrectedBand(self, rows: rows, scratch: scratch.inner)
      for (i, frame) in frames.enumerated() {
        var part = result._mutatingExtracting(i * size..<(i + 1) * size)
        _ = try band.correct(frame, into: &part)
      }
      return try body(result.span, size)
    }
  }
}

extension CorrectedSource.Operand {
  fileprivate func fits(_ shape: StackShape) -> Bool {
    switch self {
    case .plane(let samples): samples.count == shape.frameSize
    case .frames(let other): other.shape == shape
    case .window: true
    }
  }
}
