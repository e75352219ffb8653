import BlitzCore

/// Which moments are wanted; the loops are specialised for the sets that people ask for.
struct MomentParts: OptionSet, Sendable {
  let rawValue: UInt8

  static let sum = MomentParts(rawValue: 1)
  static let squares = MomentParts(rawValue: 2)
  static let low = MomentParts(rawValue: 4)
  static let high = MomentParts(rawValue: 8)
  static let all: MomentParts = [.sum, .squares, .low, .high]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What some projections need; median needs nothing of this.
  init(_ operations: some Sequence<Projection>) {
    self = operations.reduce(into: []) { parts, operation in
      switch operation {
      case .mean, .sum: parts.insert(.sum)
      case .std: parts.formUnion([.sum, .squares])
      case .min: parts.insert(.low)
      case .max: parts.insert(.high)
      case .median: break
      }
    }
  }
}

/// Moments of one block of frames over one band of rows, four samples to a vector.
///
/// Lanes past the end of the band hold the moments of zeros; nobody reads them. 20 bytes a sample,
/// 21 where frames differ in which of their samples are numbers.
struct BlockMoments: Sendable {
  /// Frames folded in.
  var frames = 0
  /// Numbers among each sample's values; empty when that is `frames` for all.
  var counts: [SIMD4<UInt8>] = []
  /// Their sums.
  var sums: [SIMD4<Double>] = []
  /// Their population standard deviations. Unlike a sum of squares, these fit `Float` for any samples.
  var deviations: [SIMD4<Float>] = []
  /// Their extremes; +infinity and -infinity where there is no number.
  var lows: [SIMD4<Float>] = []
  var highs: [SIMD4<Float>] = []

  /// Frames of a full block. A block's moments take 20 bytes a sample, which must stay within a sixteenth
  /// of the 4 bytes x frames that they stand for: 80 frames or more; 96 leaves room for what else is kept.
  static let capacity = 96

  /// Vectors in each plane.
  var groups: Int { sums.count }

  /// Bytes held.
  var byteCount: Int {
    counts.count * 4 + sums.count * 32 + (deviations.count + lows.count + highs.count) * 16
  }
}
