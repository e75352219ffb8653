public import BlitzCore

/// The extremes of every row and every column of a frame: what any profile of it lies between. Or, in
/// their place, percentiles, which a few bright pixels do not move.
///
/// NaN is left out; a line without a number has NaN for its extremes.
public struct FrameEnvelope: Equatable, Sendable {
  /// Extremes position by position, channels interleaved, as in a profile.
  public struct Extremes: Equatable, Sendable {
    /// The smallest sample.
    public fileprivate(set) var low: [Double] = []
    /// The largest sample.
    public fileprivate(set) var high: [Double] = []
  }

  /// Of each column over all rows: the envelope of profiles along rows.
  public private(set) var columns = Extremes()
  /// Of each row over all columns: the envelope of profiles down columns.
  public private(set) var rows = Extremes()

  /// The numbers of one line, while its percentiles are looked for.
  private var numbers: [Float] = []

  /// Nothing measured yet.
  public init() {}

  /// Measures one frame; earlier values are forgotten.
  ///
  /// - Parameter shape: Says how the samples of a frame lie; `frame` has `shape.frameSize` of them.
  /// - Complexity: One pass; allocates only when the extents change.
  public mutating func measure(_ frame: Span<Float>, of shape: StackShape) {
    measure(low: frame, high: frame, of: shape)
  }

  /// Measures percentiles of one frame: per cent `trim`, and 100 less that, of every line's numbers.
  ///
  /// - Complexity: Two selections for every row and column; allocates only when the extents change.
  public mutating func measure(_ frame: Span<Float>, of shape: StackShape, trim: Double) {
    precondition(frame.count == shape.frameSize, "wrong extents")
    columns.restart(shape.rowSize)
    rows.restart(shape.rows * shape.channels)
    for entry in 0..<shape.rowSize {
      gather(frame, stride(from: entry, to: frame.count, by: shape.rowSize))
      columns.trim(entry, numbers: &numbers, by: trim)
    }
    for entry in 0..<shape.rows * shape.channels {
      let (row, channel) = entry.quotientAndRemainder(dividingBy: shape.channels)
      let end = (row + 1) * shape.rowSize
      gather(frame, stride(from: row * shape.rowSize + channel, to: end, by: shape.channels))
      rows.trim(entry, numbers: &numbers, by: trim)
    }
  }

  private mutating func gather(_ frame: Span<Float>, _ places: StrideTo<Int>) {
    numbers.removeAll(keepingCapacity: true)
    for i in places where !frame[i].isNaN { numbers.append(frame[i]) }
  }

  /// The envelope of a whole stack, from its minimum and its maximum image.
  public mutating func measure(low: Span<Float>, high: Span<Float>, of shape: StackShape) {
    precondition(
      low.count == shape.frameSize && high.count == shape.frameSize, "wrong extents")
    columns.restart(shape.rowSize)
    rows.restart(shape.rows * shape.channels)
    for row in 0..<shape.rows {
      let samples = row * shape.rowSize..<(row + 1) * shape.rowSize
      let (low, high) = (low.extracting(samples), high.extracting(samples))
      columns.widen(low, high)
      for channel in 0..<shape.channels {
        rows.widen(row * shape.channels + channel, low, high, from: channel, step: shape.channels)
      }
    }
    columns.finish()
    rows.finish()
  }
}

extension FrameEnvelope.Extremes {
  fileprivate mutating func restart(_ count: Int) {
    low.removeAll(keepingCapacity: true)
    high.removeAll(keepingCapacity: true)
    low.append(contentsOf: repeatElement(.infinity, count: count))
    high.append(contentsOf: repeatElement(-.infinity, count: count))
  }

  /// Each sample widens the entry of its own place. Comparisons with NaN are false.
  fileprivate mutating func widen(_ lowest: Span<Float>, _ highest: Span<Float>) {
    Self.sink(&low, to: lowest)
    Self.lift(&high, to: highest)
  }

  private static func sink(_ entries: inout [Double], to samples: Span<Float>) {
    var entries = entries.mutableSpan
    for i in samples.indices where Double(samples[i]) < entries[i] {
      entries[i] = Double(samples[i])
    }
  }

  private static func lift(_ entries: inout [Double], to samples: Span<Float>) {
    var entries = entries.mutableSpan
    for i in samples.indices where Double(samples[i]) > entries[i] {
      entries[i] = Double(samples[i])
    }
  }

  /// All samples of a channel widen one entry.
  fileprivate mutating func widen(
    _ entry: Int, _ lowest: Span<Float>, _ highest: Span<Float>, from first: Int, step: Int
  ) {
    var (bottom, top) = (Float.infinity, -Float.infinity)
    for i in stride(from: first, to: lowest.count, by: step) {
      if lowest[i] < bottom { bottom = lowest[i] }
      if highest[i] > top { top = highest[i] }
    }
    (low[entry], high[entry]) = (Double(bottom), Double(top))
  }

  /// Percentiles of a line's numbers become one entry.
  fileprivate mutating func trim(_ entry: Int, numbers: inout [Float], by percent: Double) {
    var numbers = numbers.mutableSpan
    low[entry] = MedianSelection.percentile(percent, of: &numbers)
    high[entry] = MedianSelection.percentile(100 - percent, of: &numbers)
  }

  /// What met no number becomes NaN.
  fileprivate mutating func finish() {
    for i in low.indices where low[i] > high[i] { (low[i], high[i]) = (.nan, .nan) }
  }
}
