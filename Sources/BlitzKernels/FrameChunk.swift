/// A few frames that are folded together, four at a time, so that memory is read faster than the
/// accumulators are; what is left over follows frame by frame.
///
/// Of each frame the first `size` samples of a span take part, frames being `stride` apart. The bits are
/// those of folding four frames after the other, however many chunks they come in.
struct FrameChunk {
  /// Frames that are taken together: four at a time twice over, as a cache has eight ways, which frames a
  /// power of two apart all fall into.
  static let length = 8

  let stride, size, frames: Int
  /// Whether wide vectors do what they can; the result is the same.
  var isWide = WideVectors.areThere

  /// Adds the frames to the moments that are wanted, in loops made for the sets that people ask for.
  ///
  /// - Parameter shift: What squares are taken about, for every sample of a whole number of groups.
  func fold(
    _ samples: Span<Float>, _ parts: MomentParts, about shift: [Float],
    squares: inout [SIMD4<Double>], _ moments: inout BlockMoments
  ) {
    let done = WideVectors.fold(
      samples, self, parts, about: shift, squares: &squares, &moments)
    guard done < laneGroups(size) else { return }
    switch parts {
    case .sum: add(samples, from: done, &moments)
    case .low: lower(samples, from: done, &moments)
    case .high: raise(samples, from: done, &moments)
    case [.low, .high]:
      lower(samples, from: done, &moments)
      raise(samples, from: done, &moments)
    default:
      add(samples, from: done, about: shift, squares: &squares, &moments)
      if parts.contains(.low) { lower(samples, from: done, &moments) }
      if parts.contains(.high) { raise(samples, from: done, &moments) }
    }
  }

  /// Calls `four` with each group of four samples of four frames, and `one` with those of the frames left
  /// over, from group `first` on.
  @inline(__always)
  private func forEach(
    of samples: Span<Float>, from first: Int,
    four: (
      _ group: Int, _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>
    ) -> Void,
    one: (_ group: Int, _ a: SIMD4<Float>) -> Void
  ) {
    for index in Swift.stride(from: 0, to: frames / 4 * 4, by: 4) {
      let start = index * stride
      let a = samples.extracting(start..<start + size)
      let b = samples.extracting(start + stride..<start + stride + size)
      let c = samples.extracting(start + 2 * stride..<start + 2 * stride + size)
      let d = samples.extracting(start + 3 * stride..<start + 3 * stride + size)
      for i in first..<size / 4 { four(i, a.lanes(i), b.lanes(i), c.lanes(i), d.lanes(i)) }
      guard !size.isMultiple(of: 4) else { continue }
      let i = size / 4
      four(i, a.paddedLanes(i), b.paddedLanes(i), c.paddedLanes(i), d.paddedLanes(i))
    }
    for index in frames / 4 * 4..<frames {
      let a = samples.extracting(index * stride..<index * stride + size)
      for i in first..<laneGroups(size) { one(i, a.paddedLanes(i)) }
    }
  }
}

// MARK: In narrow vectors
extension FrameChunk {
  @inline(never)
  private func add(_ samples: Span<Float>, from first: Int, _ moments: inout BlockMoments) {
    var sums = moments.sums.mutableSpan
    forEach(of: samples, from: first) { i, a, b, c, d in
      sums[i] += Self.sum(SIMD4(a), SIMD4(b), SIMD4(c), SIMD4(d))
    } one: { i, a in
      sums[i] += SIMD4(a)
    }
  }

  @inline(never)
  private func add(
    _ samples: Span<Float>, from first: Int, about shift: [Float],
    squares: inout [SIMD4<Double>], _ moments: inout BlockMoments
  ) {
    let shift = shift.span
    var sums = moments.sums.mutableSpan
    var squares = squares.mutableSpan
    forEach(of: samples, from: first) { i, a, b, c, d in
      let (a, b, c, d) = (SIMD4<Double>(a), SIMD4<Double>(b), SIMD4<Double>(c), SIMD4<Double>(d))
      sums[i] += Self.sum(a, b, c, d)
      let center = SIMD4<Double>(shift.lanes(i))
      let (p, q, r, s) = (a - center, b - center, c - center, d - center)
      squares[i] += Self.sum(p * p, q * q, r * r, s * s)
    } one: { i, a in
      let deviation = SIMD4<Double>(a) - SIMD4<Double>(shift.lanes(i))
      sums[i] += SIMD4(a)
      squares[i] += deviation * deviation
    }
  }

  /// Comparisons with NaN are false, so NaN never replaces a number.
  @inline(never)
  private func lower(_ samples: Span<Float>, from first: Int, _ moments: inout BlockMoments) {
    var lows = moments.lows.mutableSpan
    forEach(of: samples, from: first) { i, a, b, c, d in
      var low = lows[i]
      low.replace(with: a, where: a .< low)
      low.replace(with: b, where: b .< low)
      low.replace(with: c, where: c .< low)
      low.replace(with: d, where: d .< low)
      lows[i] = low
    } one: { i, a in
      lows[i].replace(with: a, where: a .< lows[i])
    }
  }

  @inline(never)
  private func raise(_ samples: Span<Float>, from first: Int, _ moments: inout BlockMoments) {
    var highs = moments.highs.mutableSpan
    forEach(of: samples, from: first) { i, a, b, c, d in
      var high = highs[i]
      high.replace(with: a, where: a .> high)
      high.replace(with: b, where: b .> high)
      high.replace(with: c, where: c .> high)
      high.replace(with: d, where: d .> high)
      highs[i] = high
    } one: { i, a in
      highs[i].replace(with: a, where: a .> highs[i])
    }
  }

  @inline(__always)
  private static func sum(
    _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ c: SIMD4<Double>, _ d: SIMD4<Double>
  ) -> SIMD4<Double> { (a + b) + (c + d) }
}
