import BlitzCore

/// The frames of a range that can be read now, in blocks.
///
/// Blocks are aligned to multiples of `BlockMoments.capacity` steps from frame 0, whatever the range,
/// so that a block inside two ranges is the same block.
struct FrameBlocks: Sendable {
  /// One block: which of all blocks it is, and its readable frames as runs.
  struct Block: Sendable {
    let index: Int
    let runs: Range<Int>
    /// True when the range holds every frame of the block, which the end of the stack may cut short, and
    /// none is pending.
    let isWhole: Bool
  }

  /// The frames asked for.
  let range: FrameRange

  /// Those with at least one readable frame, in order.
  private(set) var blocks: [Block] = []
  /// Consecutive readable frames, never across blocks.
  private(set) var runs: [Range<Int>] = []
  /// Frames that can be read, are not loaded yet, or are damaged.
  private(set) var readable = 0
  private(set) var pending = 0
  private(set) var damaged = 0

  /// Looks at the frames of `range` once; what arrives later is not in it.
  init(_ range: FrameRange, of source: any SampleSource) {
    self.range = range
    let span = BlockMoments.capacity * range.step
    let end = min(range.end, source.shape.frames)
    var frame = range.start
    while frame < end {
      let index = frame / span
      let blockEnd = (index + 1) * span
      let first = runs.count
      let before = pending
      let start = frame
      while frame < min(blockEnd, end) {
        note(frame, source.condition(of: frame), isNewRun: runs.count == first)
        frame += range.step
      }
      guard runs.count > first else { continue }
      let isWhole =
        range.step == 1 && start == index * span && pending == before
        && frame == min(blockEnd, source.shape.frames)
      blocks.append(Block(index: index, runs: first..<runs.count, isWhole: isWhole))
    }
  }

  /// The frames of one block; nil past the end of the stack.
  init?(block: Int, of source: any SampleSource) {
    let start = block * BlockMoments.capacity
    let end = min(start + BlockMoments.capacity, source.shape.frames)
    guard let range = FrameRange(start: start, end: end) else { return nil }
    self.init(range, of: source)
  }

  /// The readable frames of the first blocks, as many as said.
  func readable(inFirst count: Int) -> Int {
    let end = count > 0 ? blocks[count - 1].runs.upperBound : 0
    return runs[..<end].reduce(0) { $0 + $1.count }
  }

  private mutating func note(_ frame: Int, _ condition: FrameCondition, isNewRun: Bool) {
    switch condition {
    case .pending: pending += 1
    case .damaged: damaged += 1
    case .complete:
      readable += 1
      if !isNewRun, let last = runs.last, last.upperBound == frame {
        runs[runs.count - 1] = last.lowerBound..<frame + 1
      } else {
        runs.append(frame..<frame + 1)
      }
    }
  }
}
