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

  /// A projector; `partials` of the same source make ranges cheap, and what they lack is computed.
  ///
  /// - Parameter stretchFrames: Frames that all bands of rows go through before the next ones, such as
  ///   can be held at a time; nil for about a GiB of them. Never changes the result.
  public init(
    _ source: any SampleSource, partials: BlockPartials? = nil, threads: Int,
    stretchFrames: Int? = nil
  ) {
    (self.source, self.partials, self.threads) = (source, partials, threads)
    self.stretchFrames = stretchFrames ?? Self.stretchBytes / (source.shape.frameSize * 4)
    bands = RowBands(source.shape)
  }

  /// Reduces the frames of a range that are loaded; pending and damaged ones are left out and counted.
  ///
  /// - Parameters:
  ///   - operations: Any of them; median costs a second pass with far more arithmetic.
  ///   - range: Positions in the source; what lies past its end counts as nothing.
  ///   - cancellation: Looked at between bands of rows.
  ///   - progress: Called with 0...1, from any thread.
  /// - Throws: `cancelled`, or what reading the source threw.
  /// - Complexity: Reads every sample of the range once, at the speed of memory; with partials only the
  ///   frames that do not fill a block, and 4 to 20 bytes for each sample of a block.
  public func project(
    _ operations: Set<Projection>, over range: FrameRange,
    freedom: DegreesOfFreedom = .population, cancellation: CancellationFlag? = nil,
    progress: (@Sendable (Double) -> Void)? = nil
  ) throws(BlitzError) -> ProjectionImages {
    let frames = FrameBlocks(range, of: source)
    let parts = MomentParts(operations)
    let share = operations.contains(.median) ? (parts.isEmpty ? 0 : 0.1) : 1
    let moments =
      parts.isEmpty
      ? [] : try fold(frames, parts, cancellation, ProgressMeter(0...share, report: progress))
    let medians =
      operations.contains(.median)
      ? try medians(frames, cancellation, ProgressMeter(share...1, report: progress)) : []
    return ProjectionImages(
      shape: source.shape, operations: operations, range: range, frameCount: frames.readable,
      pendingCount: frames.pending, damagedCount: frames.damaged, freedom: freedom,
      moments: moments, medians: medians, bands: bands)
  }

  /// Merges all blocks, band by band; of a stack larger than memory, one stretch of frames after the other.
  private func fold(
    _ frames: FrameBlocks, _ parts: MomentParts, _ cancellation: CancellationFlag?,
    _ meter: borrowing ProgressMeter
  ) throws(BlitzError) -> [MomentTotal] {
    let known = partials?.snapshot()
    let (first, start) = known?.start(for: frames, stackFrames: source.shape.frames) ?? (0, nil)
    var totals = start ?? [MomentTotal](repeating: MomentTotal(), count: bands.count)
    guard stretchFrames >= min(Self.blockFrames, source.shape.frames) else {
      return try foldPiecewise(frames, parts, cancellation, meter)
    }
    let perStretch = max(1, stretchFrames / BlockMoments.capacity)
    for lower in stride(from: first, to: frames.blocks.count, by: perStretch) {
      let blocks = frames.blocks[lower..<min(lower + perStretch, frames.blocks.count)]
      let before = totals
      totals = try bands.map(threads: threads, cancellation: cancellation) {
        (fold: BlockFold(parts), scratch: BandScratch())
      } _: { band, worker throws(BlitzError) in
        var total = before[band]
        for block in blocks {
          if block.isWhole, let moments = known?.blocks[block.index]?[band] {
            total.merge(moments, parts)
          } else {
            let runs = frames.runs[block.runs]
            try worker.fold.fold(runs, rows: bands[band], of: source, scratch: worker.scratch)
            total.merge(worker.fold.moments, parts)
          }
        }
        meter.advance(by: blocks.count, of: frames.blocks.count * bands.count)
        return total
      }
    }
    return totals
  }

  /// The same where not even a block can be held: its bands wait half folded for the next stretch.
  private func foldPiecewise(
    _ frames: FrameBlocks, _ parts: MomentParts, _ cancellation: CancellationFlag?,
    _ meter: borrowing ProgressMeter
  ) throws(BlitzError) -> [MomentTotal] {
    var totals = [MomentTotal](repeating: MomentTotal(), count: bands.count)
    let folds = BandSlots([BlockFold](repeating: BlockFold(parts), count: bands.count))
    for block in frames.blocks {
      let pieces = frames.runs[block.runs].flatMap { $0.pieces(of: stretchFrames) }
      for sweep in BlockFold.Sweep.allCases {
        for (place, piece) in pieces.enumerated() where folds.contains(where: { $0.needs(sweep) }) {
          _ = try bands.map(threads: threads, cancellation: cancellation) {
            BandScratch()
          } _: { band, scratch throws(BlitzError) in
            try folds.change(band) { fold throws(BlitzError) in
              guard fold.needs(sweep) else { return }
              if place == 0 { fold.begin(sweep, bands[band], source) }
              try fold.add(piece, to: sweep, bands[band], source, scratch)
              if place == pieces.count - 1 { fold.end(sweep, source) }
            }
          }
        }
      }
      for band in totals.indices { folds.look(band) { totals[band].merge($0.moments, parts) } }
      meter.advance(by: 1, of: frames.blocks.count)
    }
    return totals
  }

  private func medians(
    _ frames: FrameBlocks, _ cancellation: CancellationFlag?, _ meter: borrowing ProgressMeter
  ) throws(BlitzError) -> [Double] {
    let bands = RowBands(
      source.shape, samples: MedianProjection.valueBudget / max(frames.readable, 1))
    return try bands.map(threads: threads, cancellation: cancellation) {
      MedianProjection()
    } _: { band, worker throws(BlitzError) in
      let medians = try worker.medians(frames.runs, rows: bands[band], of: source)
      meter.advance(by: 1, of: bands.count)
      return medians
    }.flatMap { $0 }
  }

  /// The usual stretch: few enough to stay in the page cache when they come from a mapped file, many
  /// enough to make the rendezvous of threads cheap.
  private static let stretchBytes = 1 << 30
}

extension Range<Int> {
  /// Itself in pieces of about `length`, never cut inside of four frames that are added together.
  fileprivate func pieces(of length: Int) -> [Range<Int>] {
    let length = Swift.max(length / 4 * 4, 4)
    return stride(from: lowerBound, to: upperBound, by: length).map {
      $0..<Swift.min($0 + length, upperBound)
    }
  }
}
