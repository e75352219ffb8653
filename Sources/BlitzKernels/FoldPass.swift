import BlitzCore

/// One reading of all frames of a range, block by block, which leaves a total for each band of rows.
struct FoldPass: Sendable {
  let source: any SampleSource
  let frames: FrameBlocks
  let parts: MomentParts
  /// Blocks that need not be read.
  let known: BlockPartials.Snapshot?
  let threads: Int
  let bands: RowBands
  /// Frames that all bands go through before the next ones.
  let stretchFrames: Int
  let cancellation: CancellationFlag?
  /// True to return what there is when cancelled.
  let keepsPart: Bool

  /// The totals, and how many frames they lack: some only when cancelled.
  ///
  /// - Throws: `cancelled` when there is no part to keep, or what reading threw.
  func totals(
    _ meter: borrowing ProgressMeter
  ) throws(BlitzError) -> (totals: [MomentTotal], leftOut: Int) {
    let (first, start) = known?.start(for: frames, stackFrames: source.shape.frames) ?? (0, nil)
    var totals = start ?? [MomentTotal](repeating: MomentTotal(), count: bands.count)
    // What it is stopped in is lost, so that stretches are shorter where a part is to be kept.
    let perStretch = (keepsPart ? stretchFrames / 4 : stretchFrames) / BlockMoments.capacity
    let isBlockHeld = stretchFrames >= min(BlockMoments.capacity, source.shape.frames)
    for lower in stride(from: first, to: frames.blocks.count, by: max(perStretch, 1)) {
      let blocks = frames.blocks[lower..<min(lower + max(perStretch, 1), frames.blocks.count)]
      do throws(BlitzError) {
        totals =
          isBlockHeld
          ? try adding(blocks, to: totals, meter) : try addingPieces(blocks, to: totals, meter)
      } catch {
        guard error.kind == .cancelled, keepsPart, lower > 0 else { throw error }
        return (totals, frames.readable - frames.readable(inFirst: lower))
      }
    }
    return (totals, 0)
  }

  private func adding(
    _ blocks: ArraySlice<FrameBlocks.Block>, to totals: [MomentTotal],
    _ meter: borrowing ProgressMeter
  ) throws(BlitzError) -> [MomentTotal] {
    try bands.map(threads: threads, cancellation: cancellation) {
      (fold: BlockFold(parts), scratch: BandScratch())
    } _: { band, worker throws(BlitzError) in
      var total = totals[band]
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

  /// The same where not even a block can be held: its bands wait half folded for the next stretch.
  private func addingPieces(
    _ blocks: ArraySlice<FrameBlocks.Block>, to totals: [MomentTotal],
    _ meter: borrowing ProgressMeter
  ) throws(BlitzError) -> [MomentTotal] {
    var totals = totals
    let folds = BandSlots([BlockFold](repeating: BlockFold(parts), count: bands.count))
    for block in blocks {
      let pieces = frames.runs[block.runs].flatMap { $0.pieces(of: stretchFrames) }
      for sweep in BlockFold.Sweep.allCases {
        for place in pieces.indices where folds.contains(where: { $0.needs(sweep) }) {
          try add(pieces, place, to: folds, sweep)
        }
      }
      for band in totals.indices { folds.look(band) { totals[band].merge($0.moments, parts) } }
      meter.advance(by: 1, of: frames.blocks.count)
    }
    return totals
  }

  /// Takes one of a block's pieces into the folds of all bands that need it.
  private func add(
    _ pieces: [Range<Int>], _ place: Int, to folds: BandSlots<BlockFold>, _ sweep: BlockFold.Sweep
  ) throws(BlitzError) {
    _ = try bands.map(threads: threads, cancellation: cancellation) {
      BandScratch()
    } _: { band, scratch throws(BlitzError) in
      try folds.change(band) { fold throws(BlitzError) in
        guard fold.needs(sweep) else { return }
        if place == 0 { fold.begin(sweep, bands[band], source) }
        try fold.add(pieces[place], to: sweep, bands[band], source, scratch)
        if place == pieces.count - 1 { fold.end(sweep, source) }
      }
    }
  }
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
