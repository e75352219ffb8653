public import BlitzCore
import Synchronization

/// Moments of every block of frames of a stack, kept so that projections need not read the frames again.
///
/// A background thread calls `foldReadyBlocks` while frames arrive; projections then read the blocks
/// inside their range and only the frames at its two ends. The total from the first frame on is kept
/// too, which makes the projection of the whole stack independent of its length. What was folded in
/// which order, or not at all for want of memory, changes the cost of a projection, never its result.
public final class BlockPartials: Sendable {
  private let source: any SampleSource
  private let byteLimit: Int
  private let bands: RowBands
  private let state = Mutex(Snapshot())

  /// Moments folded so far.
  struct Snapshot: Sendable {
    /// By block, then by band.
    var blocks: [Int: [BlockMoments]] = [:]
    /// Of blocks `0..<totalBlocks`, by band; empty at first.
    var total: [MomentTotal] = []
    var totalBlocks = 0
    var byteCount = 0
  }

  /// Partials of a source, empty at first.
  ///
  /// - Parameter byteLimit: What they may take; nil for a sixteenth of the stack's samples as `Float`.
  /// - Returns: Nil when not even the total fits, as for stacks of less than a block of 96 frames,
  ///   which a projection reads as fast.
  public init?(of source: any SampleSource, byteLimit: Int? = nil) {
    self.source = source
    self.byteLimit = byteLimit ?? Self.defaultByteLimit(source.shape)
    bands = RowBands(source.shape)
    guard 24 * source.shape.frameSize <= self.byteLimit else { return nil }
  }

  /// The bytes that partials of such a stack may take: a sixteenth of its samples as `Float`.
  public static func defaultByteLimit(_ shape: StackShape) -> Int { shape.sampleCount / 4 }

  /// Bytes held now.
  public var byteCount: Int { state.withLock { $0.byteCount } }

  /// True when the projection of the whole stack needs no frame any more.
  public var isComplete: Bool {
    state.withLock { $0.totalBlocks * BlockMoments.capacity >= source.shape.frames }
  }

  /// Folds every block whose frames have all arrived and that is not folded yet.
  ///
  /// To be called from one thread at a time, again and again while loading, and once afterwards.
  ///
  /// - Returns: How many blocks were folded.
  /// - Throws: `cancelled`, or what reading the source threw.
  @discardableResult
  public func foldReadyBlocks(
    threads: Int, cancellation: CancellationFlag? = nil
  ) throws(BlitzError) -> Int {
    var folded = 0
    let count = (source.shape.frames - 1) / BlockMoments.capacity + 1
    for block in state.withLock({ $0.totalBlocks })..<count where isWanted(block) {
      guard let frames = FrameBlocks(block: block, of: source), frames.pending == 0 else {
        continue
      }
      let moments = try fold(frames, threads, cancellation)
      folded += 1
      keep(moments, of: block)
      try advanceTotal(with: moments, of: block, threads, cancellation)
    }
    return folded
  }

  /// What is folded now; it does not change under the caller's hands.
  func snapshot() -> Snapshot { state.withLock { $0 } }

  private func isWanted(_ block: Int) -> Bool {
    state.withLock { $0.blocks[block] == nil && (block == $0.totalBlocks || hasRoom($0)) }
  }

  /// True when one more block fits; room for the total is kept until it is there.
  private func hasRoom(_ state: Snapshot) -> Bool {
    let size = source.shape.frameSize
    return state.byteCount + (state.total.isEmpty ? 24 * size : 0) + 20 * size <= byteLimit
  }

  private func fold(
    _ frames: FrameBlocks, _ threads: Int, _ cancellation: CancellationFlag?
  ) throws(BlitzError) -> [BlockMoments] {
    guard frames.readable > 0 else { return [] }
    return try bands.map(threads: threads, cancellation: cancellation) {
      (fold: BlockFold(.all), scratch: BandScratch())
    } _: { band, worker throws(BlitzError) in
      try worker.fold.fold(frames.runs, rows: bands[band], of: source, scratch: worker.scratch)
      return worker.fold.moments
    }
  }

  /// Stores a block when it fits.
  private func keep(_ moments: [BlockMoments], of block: Int) {
    state.withLock { state in
      guard hasRoom(state) else { return }
      state.blocks[block] = moments
      state.byteCount += moments.reduce(0) { $0 + $1.byteCount }
    }
  }

  /// Takes a new block into the total when it is the next one, and all stored ones that then follow.
  private func advanceTotal(
    with moments: [BlockMoments], of block: Int, _ threads: Int, _ cancellation: CancellationFlag?
  ) throws(BlitzError) {
    let before = snapshot()
    guard block == before.totalBlocks else { return }
    var next = [moments]
    while let stored = before.blocks[block + next.count] { next.append(stored) }
    let blocks = next.filter { !$0.isEmpty }
    let total = try bands.map(threads: threads, cancellation: cancellation) {
    } _: { band, _ throws(BlitzError) in
      var total = before.total.isEmpty ? MomentTotal() : before.total[band]
      for block in blocks { total.merge(block[band], .all) }
      return total
    }
    state.withLock { state in
      state.byteCount += (total.reduce(0) { $0 + $1.byteCount })
      state.byteCount -= (state.total.reduce(0) { $0 + $1.byteCount })
      (state.total, state.totalBlocks) = (total, block + next.count)
    }
  }
}

extension BlockPartials.Snapshot {
  /// Where a projection over `frames` may begin: after the total, if all of that is in the range.
  func start(for frames: FrameBlocks, stackFrames: Int) -> (block: Int, total: [MomentTotal]?) {
    let covered = min(totalBlocks * BlockMoments.capacity, stackFrames)
    guard totalBlocks > 0, frames.range.start == 0, frames.range.step == 1,
      frames.range.end >= covered
    else { return (0, nil) }
    let first = frames.blocks.firstIndex { $0.index >= totalBlocks } ?? frames.blocks.count
    return (first, total)
  }
}
