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
    for i in squares.indices {
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
