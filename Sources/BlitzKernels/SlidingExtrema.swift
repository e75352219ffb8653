/// The smallest or largest samples of a window of frames: at most three comparisons a sample on average.
///
/// A queue made of two stacks (as in Tangwongsan et al., "General incremental sliding-window
/// aggregation", 2015): new frames are folded into one extreme; when the oldest must leave, the frames
/// behind it are turned around once into the extremes from each of them to the newest. Unlike a queue
/// per pixel it works on whole vectors.
struct SlidingExtrema<Order: ExtremeOrder>: SlidingReduction {
  private let groups: Int
  /// Frames since the last turn, and their extreme.
  private var newer: [[SIMD4<Float>]] = []
  private var newerExtreme: [SIMD4<Float>]
  /// For each older frame, the last one being the oldest, the extreme from it to the newest of them.
  private var older: [[SIMD4<Float>]] = []
  /// Memory of frames that have left.
  private var spare: [[SIMD4<Float>]] = []

  init(size: Int) {
    groups = laneGroups(size)
    newerExtreme = Self.nothing(groups)
  }

  mutating func enter(_ samples: Span<Float>) {
    var frame = spare.popLast() ?? Self.nothing(groups)
    for i in 0..<groups {
      frame[i] = samples.paddedLanes(i)
      Self.fold(frame[i], into: &newerExtreme[i])
    }
    newer.append(frame)
  }

  mutating func leave(_ samples: Span<Float>) {
    if older.isEmpty { turn() }
    if let frame = older.popLast() { spare.append(frame) }
  }

  private mutating func turn() {
    while var frame = newer.popLast() {
      if let next = older.last {
        for i in 0..<groups { Self.fold(next[i], into: &frame[i]) }
      }
      older.append(frame)
    }
    for i in 0..<groups { newerExtreme[i] = SIMD4(repeating: Float.nan) }
  }

  mutating func write(to result: inout MutableSpan<Float>) {
    for i in 0..<groups {
      var extreme = newerExtreme[i]
      if let oldest = older.last { Self.fold(oldest[i], into: &extreme) }
      result.setLanes(i, extreme)
    }
  }

  /// Replaces those of `extremes` that `samples` exceed; NaN gives way to any number.
  @inline(__always)
  private static func fold(_ samples: SIMD4<Float>, into extremes: inout SIMD4<Float>) {
    let isBehind = Order.keeps(extremes, before: samples)
    extremes.replace(with: samples, where: .!isBehind .& samples .== samples)
  }

  private static func nothing(_ groups: Int) -> [SIMD4<Float>] {
    .init(repeating: SIMD4(repeating: Float.nan), count: groups)
  }
}

/// Which of two samples is the extreme.
protocol ExtremeOrder {
  /// True where an extreme stays; false where either is NaN.
  static func keeps(
    _ extremes: SIMD4<Float>, before samples: SIMD4<Float>
  ) -> SIMDMask<SIMD4<Int32>>
}

/// The smaller of two.
enum Smallest: ExtremeOrder {
  @inline(__always)
  static func keeps(
    _ extremes: SIMD4<Float>, before samples: SIMD4<Float>
  ) -> SIMDMask<SIMD4<Int32>> { extremes .<= samples }
}

/// The larger of two.
enum Largest: ExtremeOrder {
  @inline(__always)
  static func keeps(
    _ extremes: SIMD4<Float>, before samples: SIMD4<Float>
  ) -> SIMDMask<SIMD4<Int32>> { extremes .>= samples }
}
