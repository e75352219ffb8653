import BlitzCore

/// Folds the frames of one block over one band of rows; a worker keeps one and reuses its memory.
///
/// Sums are taken in Double, and squares about the first number of the block. As that is one of the
/// samples folded, a block of n cannot lose more than a factor n + 1 of Double's precision to
/// cancellation, whatever the offset.
struct BlockFold: Sendable {
  /// One reading of a block's frames: the first for all samples, two more where some are no numbers.
  enum Sweep: CaseIterable {
    case samples, shifts, numbers
  }

  private(set) var moments = BlockMoments()
  private let parts: MomentParts
  private var size = 0
  /// Of each sample; padded to whole vectors.
  private var shift: [Float] = []
  private var squares: [SIMD4<Double>] = []
  /// True when sums were taken so as to show whether there was a NaN.
  private var looksForNaN = false
  private var isFinite = false

  init(_ parts: MomentParts) { self.parts = parts }

  /// Computes `moments` of some frames, at most `BlockMoments.capacity`.
  ///
  /// - Parameter runs: Runs of consecutive frames, none pending, in order.
  mutating func fold(
    _ runs: some Sequence<Range<Int>>, rows: Range<Int>, of source: any SampleSource,
    scratch: BandScratch
  ) throws(BlitzError) {
    for sweep in Sweep.allCases where needs(sweep) {
      begin(sweep, rows, source)
      for run in runs { try add(run, to: sweep, rows, source, scratch) }
      end(sweep, source)
    }
  }

  /// True when that sweep has to be made, once the ones before it have ended.
  func needs(_ sweep: Sweep) -> Bool { sweep == .samples || !isFinite }

  /// Starts a sweep through all frames of the block.
  mutating func begin(_ sweep: Sweep, _ rows: Range<Int>, _ source: any SampleSource) {
    switch sweep {
    case .samples:
      clear(rows.count * source.shape.rowSize)
      looksForNaN = !source.isKnownFinite
    case .shifts: clear(size)
    case .numbers: moments.counts.fill(moments.sums.count, with: SIMD4(repeating: 0))
    }
  }

  /// Takes the block's next frames into a sweep.
  mutating func add(
    _ run: Range<Int>, to sweep: Sweep, _ rows: Range<Int>, _ source: any SampleSource,
    _ scratch: BandScratch
  ) throws(BlitzError) {
    switch sweep {
    // A sum shows whether there was a NaN: it survives every addition.
    case .samples:
      try addSamples(looksForNaN ? parts.union(.sum) : parts, run, rows, source, scratch)
    case .shifts: try addShifts(run, rows, source, scratch)
    case .numbers: try addNumbers(run, rows, source, scratch)
    }
  }

  /// Ends a sweep; `moments` are complete when no other is needed.
  mutating func end(_ sweep: Sweep, _ source: any SampleSource) {
    switch sweep {
    case .samples:
      isFinite = looksForNaN ? sumsAreFinite : source.isKnownFinite
      if isFinite, parts.contains(.squares) { finishDeviations() }
    case .shifts: break
    case .numbers:
      for i in squares.indices {
        let count = SIMD4<Double>(moments.counts[i])
        finishDeviation(i, count: count, inverse: 1 / count)
      }
    }
  }

  private mutating func clear(_ count: Int) {
    let groups = laneGroups(count)
    size = count
    shift.fill(4 * groups, with: .nan)
    squares.fill(groups, with: .zero)
    moments.frames = 0
    moments.counts.removeAll(keepingCapacity: true)
    moments.sums.fill(groups, with: .zero)
    moments.deviations.fill(groups, with: .zero)
    moments.lows.fill(groups, with: SIMD4(repeating: .infinity))
    moments.highs.fill(groups, with: SIMD4(repeating: -.infinity))
  }

  private var sumsAreFinite: Bool {
    var residue = SIMD4<Double>.zero
    for sum in moments.sums { residue += sum - sum }
    return residue == .zero
  }
}

// MARK: Every sample a number
extension BlockFold {
  private mutating func addSamples(
    _ parts: MomentParts, _ run: Range<Int>, _ rows: Range<Int>, _ source: any SampleSource,
    _ scratch: BandScratch
  ) throws(BlitzError) {
    for start in stride(from: run.lowerBound, to: run.upperBound, by: FrameChunk.length) {
      let frames = start..<min(start + FrameChunk.length, run.upperBound)
      try source.withBand(rows: rows, frames: frames, scratch: scratch) {
        (samples, stride) throws(BlitzError) in
        if moments.frames == 0 { copyShift(from: samples) }
        FrameChunk(stride: stride, size: size, frames: frames.count).fold(
          samples, parts, about: shift, squares: &squares, &moments)
      }
      moments.frames += frames.count
    }
  }

  private mutating func copyShift(from samples: Span<Float>) {
    let size = size
    var target = shift.mutableSpan
    for i in 0..<size { target[i] = samples[i] }
  }

  private mutating func finishDeviations() {
    let count = SIMD4<Double>(repeating: Double(moments.frames))
    let inverse = 1 / count
    let done = WideVectors.deviations(
      &moments, squares: squares, about: shift, count: Double(moments.frames))
    for i in done..<squares.count { finishDeviation(i, count: count, inverse: inverse) }
  }

  /// From squares about the shift to the deviation about the mean.
  @inline(__always)
  private mutating func finishDeviation(
    _ i: Int, count: SIMD4<Double>, inverse: SIMD4<Double>
  ) {
    let moved = moments.sums[i] - count * SIMD4<Double>(shift.span.lanes(i))
    let variance = (squares[i] - moved * moved * inverse) * inverse
    // Rounding may leave a hair below zero; the comparison keeps NaN as it is.
    moments.deviations[i] = SIMD4<Float>(
      variance.replacing(with: 0, where: variance .< 0).squareRoot())
  }
}

// MARK: Some samples NaN or infinite
extension BlockFold {
  /// The first number of each sample, where the first frame has none.
  private mutating func addShifts(
    _ run: Range<Int>, _ rows: Range<Int>, _ source: any SampleSource, _ scratch: BandScratch
  ) throws(BlitzError) {
    for frame in run {
      try source.withBand(rows: rows, frames: frame..<frame + 1, scratch: scratch) {
        (samples, _) throws(BlitzError) in copyMissingShifts(from: samples)
      }
    }
  }

  /// All samples again, a frame at a time, leaving out NaN and counting what is left.
  private mutating func addNumbers(
    _ run: Range<Int>, _ rows: Range<Int>, _ source: any SampleSource, _ scratch: BandScratch
  ) throws(BlitzError) {
    for frame in run {
      try source.withBand(rows: rows, frames: frame..<frame + 1, scratch: scratch) {
        (samples, _) throws(BlitzError) in addNumbers(samples)
      }
      moments.frames += 1
    }
  }

  private mutating func copyMissingShifts(from samples: Span<Float>) {
    for i in 0..<size where !shift[i].isFinite && samples[i].isFinite { shift[i] = samples[i] }
  }

  private mutating func addNumbers(_ samples: Span<Float>) {
    for i in moments.sums.indices {
      let lanes = samples.paddedLanes(i)
      let isMissing = lanes .!= lanes
      let shifts = shift.span.lanes(i)
      let ones = SIMD4<Float>(repeating: 1).replacing(with: 0, where: isMissing)
      moments.counts[i] &+= SIMD4<UInt8>(ones)
      moments.sums[i] += SIMD4<Double>(lanes.replacing(with: 0, where: isMissing))
      // What is missing deviates by nothing.
      let deviation =
        SIMD4<Double>(lanes.replacing(with: shifts, where: isMissing)) - SIMD4<Double>(shifts)
      squares[i] += deviation * deviation
      moments.lows[i].replace(with: lanes, where: lanes .< moments.lows[i])
      moments.highs[i].replace(with: lanes, where: lanes .> moments.highs[i])
    }
  }
}

extension Array {
  /// Makes it `count` equal elements, within the memory it has where that suffices.
  mutating func fill(_ count: Int, with element: Element) {
    removeAll(keepingCapacity: true)
    // Arrays of a band have equal powers of two of bytes: without a gap their elements of one index would
    // fall into one set of the cache.
    if capacity < count { reserveCapacity(count + 1664 / MemoryLayout<Element>.stride) }
    append(contentsOf: repeatElement(element, count: count))
  }
}
