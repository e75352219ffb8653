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

  /// In one pass over the sums, which is what the steady run of a window consists of.
  mutating func slide(
    out oldest: Span<Float>, in newest: Span<Float>, areFinite: Bool,
    to result: inout MutableSpan<Float>
  ) {
    let inverse = 1 / Double(frames)
    if areFinite && exceptions.isEmpty {
      let done = WideVectors.slide(&sums, inverse, oldest, newest, &result)
      _ = Self.slide(&sums, inverse, oldest, newest, &result, from: done, checking: false)
    } else if !Self.slide(&sums, inverse, oldest, newest, &result, checking: true)
      || !exceptions.isEmpty
    {
      note(oldest, sign: -1)
      note(newest, sign: 1)
      write(to: &result)
    }
  }

  /// True when no sample is found that is not finite.
  @inline(__always)
  private static func slide(
    _ sums: inout [SIMD4<Double>], _ inverse: Double, _ oldest: Span<Float>,
    _ newest: Span<Float>, _ result: inout MutableSpan<Float>, from first: Int = 0, checking: Bool
  ) -> Bool {
    var sums = sums.mutableSpan
    var residue = SIMD4<Float>.zero
    for i in first..<newest.count / 4 {
      let (new, old) = (newest.lanes(i), oldest.lanes(i))
      let sum = sums[i] + finite(new, checking, &residue) - finite(old, checking, &residue)
      sums[i] = sum
      result.setLanes(i, SIMD4<Float>(sum * inverse))
    }
    if !newest.count.isMultiple(of: 4) {
      let i = newest.count / 4
      let (new, old) = (newest.paddedLanes(i), oldest.paddedLanes(i))
      sums[i] = sums[i] + finite(new, checking, &residue) - finite(old, checking, &residue)
      result.setLanes(i, SIMD4<Float>(sums[i] * inverse))
    }
    return residue.sum() == 0
  }

  /// The samples with 0 for those that are not finite, which make `residue` NaN.
  @inline(__always)
  private static func finite(
    _ samples: SIMD4<Float>, _ checking: Bool, _ residue: inout SIMD4<Float>
  ) -> SIMD4<Double> {
    guard checking else { return SIMD4<Double>(samples) }
    // A sample less itself is 0 if it is finite, and NaN if not.
    let difference = samples - samples
    residue += difference
    return SIMD4<Double>(samples.replacing(with: 0, where: difference .!= 0))
  }

  private mutating func add(_ samples: Span<Float>, sign: Int32) {
    if !Self.add(samples, Double(sign), to: &sums) { note(samples, sign: sign) }
  }

  /// True when no sample is found that is not finite.
  private static func add(
    _ samples: Span<Float>, _ sign: Double, to sums: inout [SIMD4<Double>]
  ) -> Bool {
    var sums = sums.mutableSpan
    var residue = SIMD4<Float>.zero
    for i in sums.indices { sums[i] += sign * finite(samples.paddedLanes(i), true, &residue) }
    return residue.sum() == 0
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
    let inverse = SIMD4<Double>(repeating: 1 / Double(frames))
    for i in sums.indices { result.setLanes(i, SIMD4<Float>(sums[i] * inverse)) }
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
