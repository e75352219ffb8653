/// Loops over four frames at a time, so that memory is read faster than the accumulators are.
///
/// Of each frame the first `size` samples of `samples` take part, frames being `stride` apart.
struct FrameQuad {
  let stride, size: Int
  /// Whether wide vectors do what they can; the result is the same.
  var isWide = WideVectors.areThere

  /// Calls `body` with each group of four samples of the four frames, from group `first` on.
  @inline(__always)
  func forEach(
    of samples: Span<Float>, from first: Int = 0,
    _ body: (
      _ group: Int, _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>
    ) -> Void
  ) {
    let a = samples.extracting(0..<size)
    let b = samples.extracting(stride..<stride + size)
    let c = samples.extracting(2 * stride..<2 * stride + size)
    let d = samples.extracting(3 * stride..<3 * stride + size)
    for i in first..<size / 4 { body(i, a.lanes(i), b.lanes(i), c.lanes(i), d.lanes(i)) }
    if !size.isMultiple(of: 4) {
      let i = size / 4
      body(i, a.paddedLanes(i), b.paddedLanes(i), c.paddedLanes(i), d.paddedLanes(i))
    }
  }

  /// Adds the frames to sums.
  @inline(never)
  func add(_ samples: Span<Float>, to sums: inout [SIMD4<Double>]) {
    var sums = sums.mutableSpan
    forEach(of: samples) { i, a, b, c, d in
      sums[i] += Self.sum(SIMD4(a), SIMD4(b), SIMD4(c), SIMD4(d))
    }
  }

  /// Adds the frames to sums and to sums of squares about `shift`.
  @inline(never)
  func add(
    _ samples: Span<Float>, shift: [Float], to sums: inout [SIMD4<Double>],
    squares: inout [SIMD4<Double>]
  ) {
    let done = WideVectors.add(samples, self, shift: shift, to: &sums, squares: &squares)
    let shift = shift.span
    var sums = sums.mutableSpan
    var squares = squares.mutableSpan
    forEach(of: samples, from: done) { i, a, b, c, d in
      Self.add(a, b, c, d, shift: shift.lanes(i), to: &sums[i], squares: &squares[i])
    }
  }

  /// Adds the frames to everything.
  @inline(never)
  func add(
    _ samples: Span<Float>, shift: [Float], to sums: inout [SIMD4<Double>],
    squares: inout [SIMD4<Double>], lows: inout [SIMD4<Float>], highs: inout [SIMD4<Float>]
  ) {
    let done = WideVectors.add(
      samples, self, shift: shift, to: &sums, squares: &squares, lows: &lows, highs: &highs)
    let shift = shift.span
    var sums = sums.mutableSpan
    var squares = squares.mutableSpan
    var lows = lows.mutableSpan
    var highs = highs.mutableSpan
    forEach(of: samples, from: done) { i, a, b, c, d in
      Self.add(a, b, c, d, shift: shift.lanes(i), to: &sums[i], squares: &squares[i])
      Self.lower(&lows[i], a, b, c, d)
      Self.raise(&highs[i], a, b, c, d)
    }
  }

  /// Keeps the smallest samples.
  @inline(never)
  func lower(_ lows: inout [SIMD4<Float>], to samples: Span<Float>) {
    let done = WideVectors.lower(&lows, to: samples, self)
    var lows = lows.mutableSpan
    forEach(of: samples, from: done) { i, a, b, c, d in Self.lower(&lows[i], a, b, c, d) }
  }

  /// Keeps the largest samples.
  @inline(never)
  func raise(_ highs: inout [SIMD4<Float>], to samples: Span<Float>) {
    let done = WideVectors.raise(&highs, to: samples, self)
    var highs = highs.mutableSpan
    forEach(of: samples, from: done) { i, a, b, c, d in Self.raise(&highs[i], a, b, c, d) }
  }
}

// MARK: One group
extension FrameQuad {
  @inline(__always)
  private static func sum(
    _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ c: SIMD4<Double>, _ d: SIMD4<Double>
  ) -> SIMD4<Double> { (a + b) + (c + d) }

  @inline(__always)
  private static func add(
    _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>,
    shift: SIMD4<Float>, to sums: inout SIMD4<Double>, squares: inout SIMD4<Double>
  ) {
    let (a, b, c, d) = (SIMD4<Double>(a), SIMD4<Double>(b), SIMD4<Double>(c), SIMD4<Double>(d))
    sums += sum(a, b, c, d)
    let shift = SIMD4<Double>(shift)
    let (p, q, r, s) = (a - shift, b - shift, c - shift, d - shift)
    squares += sum(p * p, q * q, r * r, s * s)
  }

  /// Comparisons with NaN are false, so NaN never replaces a number.
  @inline(__always)
  private static func lower(
    _ low: inout SIMD4<Float>,
    _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>
  ) {
    low.replace(with: a, where: a .< low)
    low.replace(with: b, where: b .< low)
    low.replace(with: c, where: c .< low)
    low.replace(with: d, where: d .< low)
  }

  @inline(__always)
  private static func raise(
    _ high: inout SIMD4<Float>,
    _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>
  ) {
    high.replace(with: a, where: a .> high)
    high.replace(with: b, where: b .> high)
    high.replace(with: c, where: c .> high)
    high.replace(with: d, where: d .> high)
  }
}
