public import BlitzCore

/// Reduces ranges of frames to one image for each projection, in one pass over memory for all but median.
///
/// Frames are folded in blocks and blocks merged in the order of their frames, whoever computed them:
/// the result is bit-identical for any number of threads, and with or without `partials`.
public struct StackProjector: Sendable {
  private let source: any SampleSource
  private let partials: BlockPartials?
  private let threads: Int
  private let bands: RowBands
  private let stretchFrames: Int

  /// Frames that are folded as one block, starting at a multiple of it.
  public static let blockFrames = BlockMoments.capacity

  /// A projector; `partials` of the same source, or of the raw frames of a corrected one, make ranges
  /// cheap, and what they lack is computed.
  ///
  /// - Parameter stretchFrames: Frames that all bands of rows go through before the next ones, such as
  ///   can be held at a time; nil for about a GiB of them, a block at least. Never changes the result.
  public init(
    _ source: any SampleSource, partials: BlockPartials? = nil, threads: Int,
    stretchFrames: Int? = nil
  ) {
    (self.source, self.partials, self.threads) = (source, partials, threads)
    self.stretchFrames =
      stretchFrames ?? max(Self.blockFrames, Self.stretchBytes / (source.shape.frameSize * 4))
    bands = RowBands(source.shape)
  }

  /// Reduces the frames of a range that are loaded; pending and damaged ones are left out and counted.
  ///
  /// Where a corrected source subtracts and divides by the same samples in every frame, its projections
  /// follow from those of the raw frames (`ProjectionImages.corrected`), and `partials` are theirs.
  ///
  /// - Parameters:
  ///   - operations: Any of them; median costs a second pass with far more arithmetic.
  ///   - range: Positions in the source; what lies past its end counts as nothing.
  ///   - cancellation: Looked at between bands of rows.
  ///   - keepsPart: True to return, when cancelled, the projection of the frames gone through by then,
  ///     and of medians those of the rows that are done. `shortfall` says what is missing.
  ///   - progress: Called with 0...1, from any thread.
  /// - Throws: `cancelled`, also when there is no part to keep, or what reading the source threw.
  /// - Complexity: Reads every sample of the range once, at the speed of memory; with partials only the
  ///   frames that do not fill a block, and 4 to 20 bytes for each sample of a block.
  public func project(
    _ operations: Set<Projection>, over range: FrameRange,
    freedom: DegreesOfFreedom = .population, cancellation: CancellationFlag? = nil,
    keepsPart: Bool = false, progress: (@Sendable (Double) -> Void)? = nil
  ) throws(BlitzError) -> ProjectionImages {
    let wish = Wish(
      operations: operations, frames: FrameBlocks(range, of: source), freedom: freedom,
      cancellation: cancellation, keepsPart: keepsPart, progress: progress)
    if let corrected = source as? CorrectedSource, corrected.isSameForEveryFrame {
      let raw = StackProjector(
        corrected.source, partials: partials, threads: threads, stretchFrames: stretchFrames)
      if let images = try raw.project(wish).corrected(by: corrected) { return images }
    }
    return try project(wish)
  }

  /// What is asked for.
  private struct Wish {
    let operations: Set<Projection>
    let frames: FrameBlocks
    let freedom: DegreesOfFreedom
    let cancellation: CancellationFlag?
    let keepsPart: Bool
    let progress: (@Sendable (Double) -> Void)?
  }

  private func project(_ wish: Wish) throws(BlitzError) -> ProjectionImages {
    let parts = MomentParts(wish.operations)
    let hasMedian = wish.operations.contains(.median)
    let share = hasMedian ? (parts.isEmpty ? 0 : 0.1) : 1
    let moments: (totals: [MomentTotal], leftOut: Int) =
      parts.isEmpty
      ? ([], 0) : try fold(wish, parts, upTo: share)
    let medians: (values: [Double], leftOut: Int) =
      hasMedian ? try medians(wish, ProgressMeter(share...1, report: wish.progress)) : ([], 0)
    return ProjectionImages(
      shape: source.shape, operations: wish.operations, range: wish.frames.range,
      frameCount: wish.frames.readable - moments.leftOut, pendingCount: wish.frames.pending,
      damagedCount: wish.frames.damaged, freedom: wish.freedom, moments: moments.totals,
      medians: medians.values, bands: bands,
      unreached: ProjectionShortfall(frames: moments.leftOut, rows: medians.leftOut))
  }

  private func fold(
    _ wish: Wish, _ parts: MomentParts, upTo share: Double
  ) throws(BlitzError) -> (totals: [MomentTotal], leftOut: Int) {
    try FoldPass(
      source: source, frames: wish.frames, parts: parts, known: partials?.snapshot(),
      threads: threads, bands: bands, stretchFrames: stretchFrames,
      cancellation: wish.cancellation, keepsPart: wish.keepsPart
    ).totals(ProgressMeter(0...share, report: wish.progress))
  }

  /// - Returns: The medians, NaN in rows that were not reached, and how many rows these are.
  private func medians(
    _ wish: Wish, _ meter: borrowing ProgressMeter
  ) throws(BlitzError) -> (values: [Double], leftOut: Int) {
    let frames = wish.frames
    let bands = RowBands(
      source.shape, samples: MedianProjection.valueBudget / max(frames.readable, 1))
    let (parts, failure) = bands.attempt(threads: threads, cancellation: wish.cancellation) {
      MedianProjection()
    } _: { band, worker throws(BlitzError) in
      let medians = try worker.medians(frames.runs, rows: bands[band], of: source)
      meter.advance(by: 1, of: bands.count)
      return medians
    }
    if let failure {
      let isPart = failure.kind == .cancelled && wish.keepsPart
      guard isPart, parts.contains(where: { $0 != nil }) else { throw failure }
    }
    var leftOut = 0
    let values = parts.enumerated().flatMap { band, part -> [Double] in
      if let part { return part }
      leftOut += bands[band].count
      return [Double](repeating: .nan, count: bands[band].count * source.shape.rowSize)
    }
    return (values, leftOut)
  }

  /// The usual stretch: few enough to stay in the page cache when they come from a mapped file, many
  /// enough to make the rendezvous of threads cheap.
  private static let stretchBytes = 1 << 30
}
