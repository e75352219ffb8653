import BlitzCore

/// Moves a window over the frames of a source, for one band of rows, and knows what is in it.
///
/// Going forward costs a frame in and a frame out. A jump begins anew, and so does going back.
struct WindowCursor<Reduction: SlidingReduction> {
  private let window: SlidingWindow
  private let rows: Range<Int>
  private let source: any SampleSource
  private let scratch: BandScratch

  private var reduction: Reduction
  /// The frames that the window covers now, and those of them that were there to be read.
  private var covered = 0..<0
  private var entered: [Bool] = []
  private var firstEntered = 0

  /// A window over some rows of a source, not yet anywhere.
  init(
    _ window: SlidingWindow, _ rows: Range<Int>, _ source: any SampleSource, _ scratch: BandScratch
  ) {
    (self.window, self.rows, self.source, self.scratch) = (window, rows, source, scratch)
    reduction = Reduction(size: rows.count * source.shape.rowSize)
  }

  /// Moves to the window of a frame and writes its reduction; all NaN where the frame has no window.
  mutating func write(
    frame: Int, to result: inout MutableSpan<Float>
  ) throws(BlitzError) {
    let wanted = window.frames(of: frame, in: source.shape.frames)
    guard !wanted.isEmpty else {
      for i in result.indices { result[i] = .nan }
      return
    }
    let isNextOf = wanted == covered.lowerBound + 1..<covered.upperBound + 1
    if isNextOf, entered[firstEntered], source.condition(of: wanted.upperBound - 1) == .complete {
      try slide(to: wanted, &result)
    } else {
      try move(to: wanted)
      reduction.write(to: &result)
    }
  }

  /// The usual step: one readable frame out, one in.
  private mutating func slide(
    to wanted: Range<Int>, _ result: inout MutableSpan<Float>
  ) throws(BlitzError) {
    let (oldest, newest) = (covered.lowerBound, wanted.upperBound - 1)
    try source.withBand(rows: rows, frames: oldest..<oldest + 1, scratch: scratch) {
      (old, _) throws(BlitzError) in
      try source.withBand(rows: rows, frames: newest..<newest + 1, scratch: scratch.inner) {
        (new, _) throws(BlitzError) in
        reduction.slide(out: old, in: new, areFinite: source.isKnownFinite, to: &result)
      }
    }
    entered.append(true)
    forgetOldest()
    covered = wanted
  }

  private mutating func move(to wanted: Range<Int>) throws(BlitzError) {
    if wanted.lowerBound < covered.lowerBound || wanted.lowerBound >= covered.upperBound
      || wanted.upperBound < covered.upperBound
    {
      reduction = Reduction(size: rows.count * source.shape.rowSize)
      covered = wanted.lowerBound..<wanted.lowerBound
      entered.removeAll(keepingCapacity: true)
      firstEntered = 0
    }
    for frame in covered.upperBound..<wanted.upperBound { try enter(frame) }
    for frame in covered.lowerBound..<wanted.lowerBound { try leave(frame) }
    covered = wanted
  }

  private mutating func enter(_ frame: Int) throws(BlitzError) {
    let isReadable = source.condition(of: frame) == .complete
    entered.append(isReadable)
    guard isReadable else { return }
    try source.withBand(rows: rows, frames: frame..<frame + 1, scratch: scratch) {
      (samples, _) throws(BlitzError) in reduction.enter(samples)
    }
  }

  /// Lets a frame go, unless it was not there when its turn came.
  private mutating func leave(_ frame: Int) throws(BlitzError) {
    let wasRead = entered[firstEntered]
    forgetOldest()
    guard wasRead else { return }
    try source.withBand(rows: rows, frames: frame..<frame + 1, scratch: scratch) {
      (samples, _) throws(BlitzError) in reduction.leave(samples)
    }
  }

  private mutating func forgetOldest() {
    firstEntered += 1
    guard firstEntered > 4096 else { return }
    entered.removeFirst(firstEntered)
    firstEntered = 0
  }
}
