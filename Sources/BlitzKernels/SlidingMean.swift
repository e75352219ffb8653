/// The mean of a window of frames: one addition and one subtraction a sample, however long the window.
///
/// Sums are kept in Double and hold finite samples only, so that a spike leaves nothing behind that a
/// `Float` could show; infinities and NaN are counted in and out instead of added.
struct SlidingMean: SlidingReduction {
  private var frames = 0
  private var sums: [SIMD4<Double>]
  /// What is not finite; empty until the first such sample.
  private var exceptions: [Exceptions] = []

  private struct Exceptions {
    var missing: Int32 = 0
    var positive: Int32 = 0
    var negative: Int32 = 0
  }

  init(size: Int) { sums = .init(repeating: .zero, count: laneGroups(size)) }

  mutating func enter(_ samples: Span<Float>) {
    frames += 1
    add(samples, sign: 1)
  }

  mutating func leave(_ samples: Span<Float>) {
    frames -= 1
    add(samples, sign: -1)
  }

  private mutating func add(_ samples: Span<Float>, sign: Int32) {
    let factor = SIMD4<Double>(repeating: Double(sign))
    var residue = SIMD4<Float>.zero
    for i in 0..<sums.count {
      let lanes = samples.paddedLanes(i)
      let difference = lanes - lanes
      residue += difference
      // A sample less itself is 0 if it is finite, and NaN if not.
      sums[i] += factor * SIMD4<Double>(lanes.replacing(with: 0, where: difference .!= 0))
    }
    if residue.sum() != 0 { note(samples, sign: sign) }
  }

  private mutating func note(_ samples: Span<Float>, sign: Int32) {
    if exceptions.isEmpty { exceptions = .init(repeating: Exceptions(), count: samples.count) }
    for i in samples.indices where !samples[i].isFinite {
      if samples[i].isNaN {
        exceptions[i].missing += sign
      } else if samples[i] > 0 {
        exceptions[i].positive += sign
      } else {
        exceptions[i].negative += sign
      }
    }
  }

  mutating func write(to result: inout MutableSpan<Float>) {
    let count = SIMD4<Double>(repeating: Double(frames))
    for i in sums.indices { result.setLanes(i, SIMD4<Float>(sums[i] / count)) }
    for (i, exception) in exceptions.enumerated() {
      let numbers = frames - Int(exception.missing)
      switch (exception.positive > 0, exception.negative > 0) {
      case (true, true): result[i] = .nan
      case (true, false): result[i] = .infinity
      case (false, true): result[i] = -.infinity
      case (false, false):
        result[i] = numbers > 0 ? Float(sums[i / 4][i % 4] / Double(numbers)) : .nan
      }
    }
  }
}
