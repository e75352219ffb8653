import BlitzCore

/// Moments of any number of frames over one band of rows: blocks merged one after the other.
///
/// The merge of two deviations is that of Chan, Golub and LeVeque (1979).
struct MomentTotal: Sendable {
  /// Frames merged in.
  private(set) var frames = 0
  /// Numbers among each sample's values; empty when that is `frames` for all.
  private(set) var counts: [SIMD4<Double>] = []
  private(set) var sums: [SIMD4<Double>] = []
  /// Sums of squared deviations from the mean.
  private(set) var squares: [SIMD4<Double>] = []
  private(set) var lows: [SIMD4<Float>] = []
  private(set) var highs: [SIMD4<Float>] = []

  /// Bytes held.
  var byteCount: Int {
    (counts.count + sums.count + squares.count) * 32 + (lows.count + highs.count) * 16
  }

  /// Adds the next block; blocks must come in the order of their frames.
  mutating func merge(_ block: BlockMoments, _ parts: MomentParts) {
    let groups = block.groups
    if frames == 0 { clear(groups, parts) }
    if !block.counts.isEmpty || !counts.isEmpty {
      mergeCounted(block, parts)
    } else if parts.contains(.squares) {
      mergeSquares(block)
    }
    if parts.contains(.sum) { for i in 0..<groups { sums[i] += block.sums[i] } }
    mergeExtremes(block, parts)
    frames += block.frames
  }

  private mutating func clear(_ groups: Int, _ parts: MomentParts) {
    sums.fill(parts.contains(.sum) ? groups : 0, with: .zero)
    squares.fill(parts.contains(.squares) ? groups : 0, with: .zero)
    lows.fill(parts.contains(.low) ? groups : 0, with: SIMD4(repeating: .infinity))
    highs.fill(parts.contains(.high) ? groups : 0, with: SIMD4(repeating: -.infinity))
  }

  private mutating func mergeExtremes(_ block: BlockMoments, _ parts: MomentParts) {
    if parts.contains(.low) {
      for i in lows.indices {
        lows[i].replace(with: block.lows[i], where: block.lows[i] .< lows[i])
      }
    }
    if parts.contains(.high) {
      for i in highs.indices {
        highs[i].replace(with: block.highs[i], where: block.highs[i] .> highs[i])
      }
    }
  }

  /// Adds deviations where both sides hold the same number of values everywhere.
  private mutating func mergeSquares(_ block: BlockMoments) {
    let (mine, theirs) = (Double(frames), Double(block.frames))
    let weight = mine * theirs / (mine + theirs)
    let (perMine, perTheirs) = (mine > 0 ? 1 / mine : 0, 1 / theirs)
    let done = WideVectors.merge(block, into: &squares, sums: sums, frames: frames)
    for i in done..<squares.count {
      let distance = block.sums[i] * perTheirs - sums[i] * perMine
      let deviation = SIMD4<Double>(block.deviations[i])
      squares[i] += deviation * deviation * theirs + distance * distance * weight
    }
  }

  /// The same where the numbers of values differ, and those numbers.
  private mutating func mergeCounted(_ block: BlockMoments, _ parts: MomentParts) {
    if counts.isEmpty { counts.fill(block.groups, with: SIMD4(repeating: Double(frames))) }
    for i in counts.indices {
      let mine = counts[i]
      let theirs =
        block.counts.isEmpty
        ? SIMD4(repeating: Double(block.frames)) : SIMD4<Double>(block.counts[i])
      counts[i] = mine + theirs
      guard parts.contains(.squares) else { continue }
      let one = SIMD4<Double>(repeating: 1)
      let distance =
        block.sums[i] / theirs.replacing(with: one, where: theirs .== 0)
        - sums[i] / mine.replacing(with: one, where: mine .== 0)
      let weight = mine * theirs / (mine + theirs).replacing(with: one, where: mine + theirs .== 0)
      let deviation = SIMD4<Double>(block.deviations[i])
      let added = deviation * deviation * theirs + distance * distance * weight
      squares[i] += added.replacing(with: 0, where: theirs .== 0)
    }
  }
}

// MARK: Correction
extension MomentTotal {
  private typealias Lanes = SIMDMask<SIMD4<Int64>>

  /// Turns moments of raw samples into those of corrected ones.
  ///
  /// - Returns: False when that takes more than the moments at hand: a sample or a term is infinite, or
  ///   only one of the extremes is there and a denominator negative. They are of no use then.
  mutating func correct(by terms: StaticTerms) -> Bool {
    guard frames > 0 else { return true }
    let groups = laneGroups(terms.offsets.count)
    if counts.isEmpty, terms.hasGaps {
      counts.fill(groups, with: SIMD4(repeating: Double(frames)))
    }
    for i in 0..<groups {
      let offset = terms.offsets.span.paddedLanes(i)
      let denominator = terms.denominators.span.paddedLanes(i)
      let wide = (offset: SIMD4<Double>(offset), denominator: SIMD4<Double>(denominator))
      let count = counts.isEmpty ? SIMD4(repeating: Double(frames)) : counts[i]
      let counting =
        (count .> 0) .& (wide.offset .== wide.offset) .& (wide.denominator .== wide.denominator)
      let isBounded = isFinite(wide.offset) .& isFinite(wide.denominator) .& isFinite(group: i)
      guard !any(counting .& .!isBounded) else { return false }
      if !counts.isEmpty { counts[i] = count.replacing(with: 0, where: .!counting) }
      correctSums(group: i, count, wide.offset, wide.denominator)
      guard correctExtremes(group: i, offset, denominator) else { return false }
    }
    return true
  }

  /// True for samples of which all that is known says that they are finite.
  private func isFinite(group i: Int) -> Lanes {
    var isFinite = Lanes(repeating: true)
    if !sums.isEmpty { isFinite .&= self.isFinite(sums[i]) }
    if !lows.isEmpty { isFinite .&= self.isFinite(SIMD4<Double>(lows[i])) }
    if !highs.isEmpty { isFinite .&= self.isFinite(SIMD4<Double>(highs[i])) }
    return isFinite
  }

  private func isFinite(_ values: SIMD4<Double>) -> Lanes { values - values .== .zero }

  private mutating func correctSums(
    group i: Int, _ count: SIMD4<Double>, _ offset: SIMD4<Double>, _ denominator: SIMD4<Double>
  ) {
    let isZero = denominator .== 0
    if !sums.isEmpty {
      sums[i] = ((sums[i] - count * offset) / denominator).replacing(with: 0, where: isZero)
    }
    if !squares.isEmpty {
      let scale = denominator * denominator
      squares[i] = (squares[i] / scale).replacing(with: 0, where: isZero)
    }
  }

  /// False when an extreme is wanted that only the other one can tell.
  private mutating func correctExtremes(
    group i: Int, _ offset: SIMD4<Float>, _ denominator: SIMD4<Float>
  ) -> Bool {
    let isTurned = denominator .< 0
    guard lows.isEmpty == highs.isEmpty || !any(isTurned) else { return false }
    // In `Float`, as every frame is corrected: rounding keeps the order of samples.
    let isZero = denominator .== 0
    if !lows.isEmpty {
      lows[i] = ((lows[i] - offset) / denominator).replacing(with: 0, where: isZero)
    }
    if !highs.isEmpty {
      highs[i] = ((highs[i] - offset) / denominator).replacing(with: 0, where: isZero)
    }
    guard any(isTurned) else { return true }
    let low = lows[i]
    lows[i].replace(with: highs[i], where: isTurned)
    highs[i].replace(with: low, where: isTurned)
    return true
  }
}

// MARK: Results
extension MomentTotal {
  /// Values of one projection, four samples to a vector; NaN where a sample is never a number.
  func lanes(
    _ operation: Projection, _ freedom: DegreesOfFreedom, group i: Int
  ) -> SIMD4<Double> {
    let count = counts.isEmpty ? SIMD4(repeating: Double(frames)) : counts[i]
    let value: SIMD4<Double>
    switch operation {
    case .mean: value = sums[i] / count
    case .sum: value = sums[i]
    case .min: value = SIMD4<Double>(lows[i])
    case .max: value = SIMD4<Double>(highs[i])
    case .std:
      let divisor = count - Double(freedom.rawValue)
      value = (squares[i] / divisor.replacing(with: 1, where: divisor .<= 0)).squareRoot()
    case .median: value = SIMD4(repeating: .nan)
    }
    return value.replacing(with: .nan, where: count .== 0)
  }
}
