import BlitzCore

/// What a correction that is the same for every frame does to each sample of a band: y = (x - offset) /
/// denominator, with the very numbers that `FusedCorrection` computes.
struct StaticTerms {
  /// NaN where no sample counts.
  private(set) var offsets: [Float]
  private(set) var denominators: [Float]

  /// True when some samples are left without a number.
  var hasGaps: Bool { offsets.contains(where: \.isNaN) || denominators.contains(where: \.isNaN) }

  /// The terms of some rows; nil when an operand changes from frame to frame.
  init?(_ source: CorrectedSource, rows: Range<Int>) {
    let rowSize = source.shape.rowSize
    let samples = rows.lowerBound * rowSize..<rows.upperBound * rowSize
    offsets = [Float](repeating: 0, count: samples.count)
    denominators = [Float](repeating: 1, count: samples.count)
    guard source.isSameForEveryFrame else { return nil }
    if case .plane(let plane) = source.subtract, source.correction.subtracts {
      for i in samples { offsets[i - samples.lowerBound] = source.correction.offset(plane[i]) }
    }
    if case .plane(let plane) = source.divide, source.correction.divides {
      for i in samples {
        denominators[i - samples.lowerBound] = source.correction.denominator(plane[i])
      }
    }
    var span = offsets.mutableSpan
    source.mask?.apply(to: &span, from: samples.lowerBound)
  }
}

extension CorrectedSource {
  /// True when every frame is corrected by the same samples, or not at all: projections then follow from
  /// those of the raw frames.
  public var isSameForEveryFrame: Bool {
    [subtract, divide].allSatisfy { operand in
      switch operand {
      case .plane, nil: true
      case .frames, .window: false
      }
    }
  }
}

extension ProjectionImages {
  /// The projections of corrected frames, from these of the raw frames `source` corrects.
  ///
  /// As y = (x - aS) / (bD + 1 - b) rises or falls with x alone, the mean of y is that of x, corrected;
  /// the deviation is scaled; extremes are corrected, and change places under a negative denominator.
  /// They are to the bit what a pass over corrected frames gives, the rest to the rounding that `Double`
  /// saves. Samples without a number stay NaN, and those with a zero denominator become 0.
  ///
  /// - Returns: Nil when it takes a pass to find out: an operand changes from frame to frame; a sample, S
  ///   or D is infinite, so that y may be no number in some frames; or only one extreme was asked for,
  ///   and the other one is needed.
  /// - Complexity: One pass over the planes.
  public func corrected(by source: CorrectedSource) -> ProjectionImages? {
    guard source.shape == shape, source.isSameForEveryFrame else { return nil }
    var totals: [MomentTotal] = []
    var medians: [Double] = []
    for band in 0..<bands.count {
      guard let terms = StaticTerms(source, rows: bands[band]) else { return nil }
      if !moments.isEmpty {
        var total = moments[band]
        guard total.correct(by: terms) else { return nil }
        totals.append(total)
      }
      guard !self.medians.isEmpty else { continue }
      let first = bands[band].lowerBound * shape.rowSize
      guard terms.append(to: &medians, correcting: self.medians, from: first) else { return nil }
    }
    return ProjectionImages(
      shape: shape, operations: operations, range: range, frameCount: frameCount,
      pendingCount: pendingCount, damagedCount: damagedCount, freedom: freedom, moments: totals,
      medians: medians, bands: bands, unreached: unreached)
  }
}

extension StaticTerms {
  /// Corrects some rows of medians; false when one of them, or a term, is infinite.
  fileprivate func append(
    to medians: inout [Double], correcting raw: [Double], from first: Int
  ) -> Bool {
    for i in offsets.indices {
      let (offset, denominator) = (Double(offsets[i]), Double(denominators[i]))
      let median = raw[first + i]
      guard !median.isInfinite, !offset.isInfinite, !denominator.isInfinite else { return false }
      let numerator = median - offset
      medians.append(denominator == 0 && !numerator.isNaN ? 0 : numerator / denominator)
    }
    return true
  }
}
