public import BlitzCore
import Synchronization

/// Reads the frames of a source some at a time, on several threads: what an export writes from.
///
/// Every thread takes bands of rows and goes through the batch with each. Where the source corrects
/// by a sliding window, a band keeps its window from batch to batch, so going forward costs a frame in
/// and a frame out. The samples do not depend on the number of threads, nor on how frames are batched.
public struct FrameBatch {
  /// Frames that are best read together: about 16 MiB, at least one.
  public let capacity: Int

  private let stretchFrames: Int?
  private let source: any SampleSource
  private let threads: Int
  private let bands: RowBands
  private let readers: [BandReader]
  private var frames = 0..<0

  /// A batch of frames of a source, empty.
  ///
  /// - Parameter stretchFrames: How many frames, from a multiple of it on, the source holds at a time; nil
  ///   for all.
  public init(_ source: any SampleSource, threads: Int, stretchFrames: Int? = nil) {
    let bands = RowBands(source.shape)
    (self.source, self.threads, self.bands) = (source, threads, bands)
    self.stretchFrames = stretchFrames
    readers = (0..<bands.count).map { BandReader(source, rows: bands[$0]) }
    capacity = min(max((4 << 20) / source.shape.frameSize, 1), 64)
  }

  /// The frames to read next, from one on: no more than `capacity`, nor across the end of a stretch, as
  /// every band of rows goes through the batch by itself and would have the stretches decoded anew.
  public func frames(from first: Int, to end: Int) -> Range<Int> {
    let stretchEnd = stretchFrames.map { (first / $0 + 1) * $0 } ?? end
    return first..<min(first + capacity, end, stretchEnd)
  }

  /// Reads consecutive frames, none of which may be pending; those read before are let go.
  ///
  /// - Throws: `cancelled`, or what reading the source throws.
  public mutating func read(
    _ frames: Range<Int>, cancellation: CancellationFlag? = nil
  ) throws(BlitzError) {
    let (readers, source) = (readers, source)
    self.frames = 0..<0
    _ = try bands.map(threads: threads, cancellation: cancellation, worker: {}) {
      (band, _) throws(BlitzError) in try readers[band].read(frames, of: source)
    }
    self.frames = frames
  }

  /// True when a frame is among those read last.
  public func contains(_ frame: Int) -> Bool { frames.contains(frame) }

  /// Copies a frame, which must be in the batch.
  ///
  /// - Parameter samples: `shape.frameSize` of them.
  public func copy(_ frame: Int, into samples: inout [Float]) {
    precondition(frames.contains(frame), "a frame outside the batch")
    var target = samples.mutableSpan
    let rowSize = source.shape.rowSize
    for (band, reader) in readers.enumerated() {
      let rows = bands[band]
      var part = target._mutatingExtracting(
        rows.lowerBound * rowSize..<rows.upperBound * rowSize)
      reader.copy(frame - frames.lowerBound, into: &part)
    }
  }
}

/// One band of rows on its way through the frames.
private final class BandReader: Sendable {
  private struct State {
    var corrected: CorrectedBand?
    let scratch = BandScratch()
    /// The band of each frame read, one behind the other.
    var samples: [Float] = []
  }

  private let rows: Range<Int>
  private let size: Int
  private let state: Mutex<State>

  init(_ source: any SampleSource, rows: Range<Int>) {
    (self.rows, size) = (rows, rows.count * source.shape.rowSize)
    var state = State()
    if let corrected = source as? CorrectedSource {
      state.corrected = CorrectedBand(corrected, rows: rows, scratch: BandScratch())
    }
    self.state = Mutex(state)
  }

  func read(_ frames: Range<Int>, of source: any SampleSource) throws(BlitzError) {
    try state.withLock { (state) throws(BlitzError) in
      if state.samples.count != frames.count * size {
        state.samples = [Float](repeating: 0, count: frames.count * size)
      }
      let scratch = state.scratch
      try read(frames, of: source, scratch, through: &state.corrected, into: &state.samples)
    }
  }

  private func read(
    _ frames: Range<Int>, of source: any SampleSource, _ scratch: BandScratch,
    through corrected: inout CorrectedBand?, into samples: inout [Float]
  ) throws(BlitzError) {
    var all = samples.mutableSpan
    for (place, frame) in frames.enumerated() {
      var target = all._mutatingExtracting(place * size..<(place + 1) * size)
      if try corrected?.correct(frame, into: &target) == nil {
        try source.withBand(rows: rows, frames: frame..<frame + 1, scratch: scratch) {
          (samples, _) in for i in samples.indices { target[i] = samples[i] }
        }
      }
    }
  }

  func copy(_ place: Int, into target: inout MutableSpan<Float>) {
    state.withLock { state in
      let samples = state.samples.span.extracting(place * size..<(place + 1) * size)
      for i in samples.indices { target[i] = samples[i] }
    }
  }
}
