import BlitzCore
import BlitzKernels

/// The frames of a stack one after the other, in memory that is reused; read on several threads.
struct StackFrames {
  /// The samples of the frame that `next` moved to.
  private(set) var samples: [Float]

  private let stack: OpenedStack
  private let positions: Range<Int>
  private var position: Int
  private var batch: FrameBatch
  private let line: ProgressLine?
  private let flag: CancellationFlag

  /// All frames at `positions`.
  init(_ stack: OpenedStack, _ positions: Range<Int>, _ verb: String, _ work: Work) {
    (self.stack, self.positions) = (stack, positions)
    position = positions.lowerBound
    samples = [Float](repeating: 0, count: stack.source.shape.frameSize)
    batch = FrameBatch(
      stack.source, threads: stack.threads, stretchFrames: stack.stretchFrames)
    (line, flag) = (work.console.progress(verb), work.interruption.flag)
  }

  /// Moves on; nil behind the last frame.
  ///
  /// - Returns: The position of the frame whose samples are there now.
  /// - Throws: `cancelled`, what reading throws, and behind the last frame `damagedInput` when none of all
  ///   could be read.
  mutating func next() throws(BlitzError) -> Int? {
    guard position < positions.upperBound else {
      try stack.requireReadableFrames()
      return nil
    }
    guard !flag.isCancelled else { throw BlitzError(.cancelled, "reading", "stopped") }
    if !batch.contains(position) {
      try batch.read(batch.frames(from: position, to: positions.upperBound), cancellation: flag)
    }
    batch.copy(position, into: &samples)
    line?.show(Double(position - positions.lowerBound) / Double(positions.count))
    defer { position += 1 }
    return position
  }
}
