public import BlitzCore

/// Measures one region in frame after frame; colour is measured as luminance.
///
/// Only the rows of the region are read. The result of a frame does not depend on threads, nor on which
/// frames are measured before it: a viewer may ask for every hundredth first.
public struct TraceReduction: Sendable {
  /// The pixels that take part.
  public let spans: RowSpans

  private let shape: StackShape
  private let needsMedian: Bool

  /// A reduction for a source of such a shape; nil when no pixel of the frame belongs to the region.
  ///
  /// - Parameter median: True to find medians too, at several times the cost.
  public init?(of region: RegionOfInterest, in shape: StackShape, median: Bool = false) {
    spans = RowSpans(of: region, rows: shape.rows, columns: shape.columns)
    guard !spans.isEmpty else { return nil }
    (self.shape, needsMedian) = (shape, median)
  }

  /// Measures some frames of a source.
  ///
  /// - Parameter frames: Positions in the source, in any order.
  /// - Returns: One entry for each of `frames`; nil for those pending, no numbers for those damaged.
  /// - Throws: `cancelled`, or what reading the source threw.
  /// - Complexity: O(pixels of the region) for each frame, at the speed of memory without the median.
  public func measure(
    _ frames: [Int], of source: any SampleSource, threads: Int,
    cancellation: CancellationFlag? = nil
  ) throws(BlitzError) -> [RegionStatistics?] {
    // Several frames to a work item, so that handing them out costs nothing beside small regions.
    let perItem = max(1, 65_536 / spans.pixelCount)
    let items = (frames.count + perItem - 1) / perItem
    return try concurrentMap(items, threads: threads, cancellation: cancellation) {
      Worker(gray: [], numbers: [], scratch: BandScratch())
    } _: { item, worker throws(BlitzError) in
      var results: [RegionStatistics?] = []
      for frame in frames[item * perItem..<min((item + 1) * perItem, frames.count)] {
        results.append(try measure(frame, of: source, &worker))
      }
      return results
    }.flatMap { $0 }
  }

  /// Memory that a thread reuses from frame to frame.
  private struct Worker {
    /// A run in gray, where the stack has colours.
    var gray: [Float]
    /// The numbers of the region, where the median is wanted.
    var numbers: [Float]
    let scratch: BandScratch
  }

  private func measure(
    _ frame: Int, of source: any SampleSource, _ worker: inout Worker
  ) throws(BlitzError) -> RegionStatistics? {
    switch source.condition(of: frame) {
    case .pending: return nil
    case .damaged: return RegionStatistics()
    case .complete: break
    }
    let scratch = worker.scratch
    return try source.withBand(rows: spans.rows, frames: frame..<frame + 1, scratch: scratch) {
      (samples, _) throws(BlitzError) in measure(samples, &worker)
    }
  }

  /// Measures the rows of a region in one frame.
  private func measure(_ band: Span<Float>, _ worker: inout Worker) -> RegionStatistics {
    var sums = RegionSums()
    worker.numbers.removeAll(keepingCapacity: true)
    for run in spans.runs {
      let row = (run.row - spans.rows.lowerBound) * shape.rowSize
      let samples = band.extracting(
        row + run.columns.lowerBound * shape.channels..<row + run.columns.upperBound
          * shape.channels)
      if shape.channels == 1 {
        add(samples, to: &sums, &worker.numbers)
      } else {
        addColours(samples, to: &sums, &worker.numbers, gray: &worker.gray)
      }
    }
    var statistics = sums.statistics
    if needsMedian {
      var numbers = worker.numbers.mutableSpan
      statistics.median = MedianSelection.median(of: &numbers)
    }
    return statistics
  }

  private func addColours(
    _ samples: Span<Float>, to sums: inout RegionSums, _ numbers: inout [Float],
    gray: inout [Float]
  ) {
    gray.fill(samples.count / shape.channels, with: 0)
    var span = gray.mutableSpan
    Luminance.gray(samples, channels: shape.channels, into: &span)
    add(gray.span, to: &sums, &numbers)
  }

  private func add(_ samples: Span<Float>, to sums: inout RegionSums, _ numbers: inout [Float]) {
    sums.add(samples)
    guard needsMedian else { return }
    for i in samples.indices where !samples[i].isNaN { numbers.append(samples[i]) }
  }
}
