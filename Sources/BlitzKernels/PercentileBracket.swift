/// Two numbers between which a percentile is likely to lie, and what of some samples lies where.
///
/// A pass over the samples then sets aside the few in between, and selection among those finds the exact
/// value. That is the idea of Floyd and Rivest's selection (1975). A guess that misses is noticed.
struct PercentileBracket {
  private let low, high: Float
  private var below = 0
  private var atLow = 0
  private var atHigh = 0
  private var inside: [Float]

  /// A bracket around the `percent`-th percentile, guessed from a sorted sample drawn at random.
  ///
  /// - Parameter memory: Reused for what lies inside.
  init(percent: Double, sample: [Float], memory: inout [Float]) {
    let share = min(max(percent, 0), 100) / 100
    let count = Double(sample.count)
    // Four deviations of the binomial distribution: one guess in some ten thousand misses.
    let slack = 4 * (count * share * (1 - share)).squareRoot() + 2
    let (first, last) = (Int(share * count - slack), Int(share * count + slack) + 1)
    low = first >= 0 && share * count >= slack ? sample[first] : -.infinity
    high = last < sample.count ? sample[last] : .infinity
    inside = []
    swap(&inside, &memory)
    inside.removeAll(keepingCapacity: true)
  }

  /// Gives the memory back.
  mutating func release(to memory: inout [Float]) { swap(&inside, &memory) }

  /// Sorts samples into below, at the ends and inside; all of them must be finite.
  ///
  /// - Returns: False when more than `limit` lie inside, which are too many to gain anything.
  mutating func collect(_ samples: Span<Float>, limit: Int) -> Bool {
    let (lows, highs) = (SIMD8<Float>(repeating: low), SIMD8<Float>(repeating: high))
    var (below, atLow, atHigh) = (SIMD8<Int32>.zero, SIMD8<Int32>.zero, SIMD8<Int32>.zero)
    let one = SIMD8<Int32>(repeating: 1)
    for group in 0..<samples.count / 8 {
      let lanes = SIMD8(
        lowHalf: samples.lanes(2 * group), highHalf: samples.lanes(2 * group + 1))
      below &+= SIMD8<Int32>.zero.replacing(with: one, where: lanes .< lows)
      atLow &+= SIMD8<Int32>.zero.replacing(with: one, where: lanes .== lows)
      atHigh &+= SIMD8<Int32>.zero.replacing(with: one, where: lanes .== highs)
      if any(lanes .> lows .& lanes .< highs) {
        guard inside.count <= limit else { return false }
        for lane in 0..<8 where lanes[lane] > low && lanes[lane] < high {
          inside.append(lanes[lane])
        }
      }
    }
    self.below += Int(below.wrappedSum())
    self.atLow += Int(atLow.wrappedSum())
    // Where both ends are one number its samples are counted already.
    if low < high { self.atHigh += Int(atHigh.wrappedSum()) }
    for i in samples.count / 8 * 8..<samples.count { collect(samples[i]) }
    return true
  }

  private mutating func collect(_ sample: Float) {
    if sample < low {
      below += 1
    } else if sample == low {
      atLow += 1
    } else if sample == high {
      atHigh += 1
    } else if sample < high {
      inside.append(sample)
    }
  }

  /// The sample of a rank among all of them; nil when it lies outside of the bracket.
  mutating func sample(ofRank rank: Int) -> Float? {
    let place = rank - below - atLow
    switch rank - below {
    case ..<0: return nil
    case ..<atLow: return low
    case ..<(atLow + inside.count):
      var numbers = inside.mutableSpan
      return MedianSelection.select(place, in: &numbers)
    case ..<(atLow + inside.count + atHigh): return high
    default: return nil
    }
  }
}
