import BlitzCore
import BlitzKernels

/// The frames of a stack one after the other, in memory that is reused.
struct StackFrames {
  /// The samples of the frame that `next` moved to.
  private(set) var samples: [Float]

  private let source: any SampleSource
  private let positions: Range<Int>
  private var position: Int
  private var band: CorrectedBand?
  private let scratch = BandScratch()
  private let line: ProgressLine?
  private let flag: CancellationFlag

  /// All frames at `positions`.
  init(_ source: any SampleSource, _ positions: Range<Int>, _ verb: String, _ work: Work) {
    (self.source, self.positions) = (source, positions)
    position = positions.lowerBound
    samples = [Float](repeating: 0, count: source.shape.frameSize)
    band = (source as? CorrectedSource).map {
      CorrectedBand($0, rows: 0..<$0.shape.rows, scratch: BandScratch())
    }
    (line, flag) = (work.console.progress(verb), work.interruption.flag)
  }

  /// Moves on; nil behind the last frame.
  ///
  /// - Returns: The position of the frame whose samples are there now.
  /// - Throws: `cancelled`, or what reading throws.
  mutating func next() throws(BlitzError) -> Int? {
    guard position < positions.upperBound else { return nil }
    guard !flag.isCancelled else { throw BlitzError(.cancelled, "reading", "stopped") }
    try read(position)
    line?.show(Double(position - positions.lowerBound) / Double(positions.count))
    defer { position += 1 }
    return position
  }

  private mutating func read(_ frame: Int) throws(BlitzError) {
    // Taken out, so that source and target are never one value.
    var target = samples
    samples = []
    var span = target.mutableSpan
    if band != nil {
      _ = try band?.correct(frame, into: &span)
    } else {
      try source.withFrame(frame, scratch: scratch) { frame in
        for i in frame.indices { span[i] = frame[i] }
      }
    }
    samples = target
  }
}
