import BlitzCore

/// Count and sum of the numbers in a region, run by run: the pass that waits for memory.
///
/// Eight samples in flight and little work on each, so that the processor has several distant rows
/// on the way at once; what needs the mean comes in a second pass, from cache.
struct RegionSums {
  /// Numbers added.
  private(set) var count = 0
  private var even = SIMD4<Double>.zero
  private var odd = SIMD4<Double>.zero

  /// The sum, in Double; NaN when a sample was NaN, or two infinities cancelled.
  var sum: Double { (even + odd).sum() }

  /// Adds a run of samples, whatever they are.
  mutating func add(_ samples: Span<Float>) {
    let pairs = samples.count / 8
    var (first, second) = (even, odd)
    for i in 0..<pairs {
      first += SIMD4<Double>(samples.lanes(2 * i))
      second += SIMD4<Double>(samples.lanes(2 * i + 1))
    }
    for i in pairs * 8..<samples.count { first[i % 4] += Double(samples[i]) }
    (even, odd) = (first, second)
    count += samples.count
  }

  /// Adds a run of samples, NaN left out.
  mutating func addNumbers(_ samples: Span<Float>) {
    for i in samples.indices where !samples[i].isNaN {
      even[0] += Double(samples[i])
      count += 1
    }
  }
}
