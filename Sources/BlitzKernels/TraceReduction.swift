public import BlitzCore

/// Measures one region in frame after frame; colour is measured as luminance.
///
/// Only the rows of the region are read. The result of a frame does not depend on threads, nor on which
/// frames are measured before it: a viewer may ask for every hundredth first.
public struct TraceReduction: Sendable {
  /// The pixels that take part.
  public let spans: RowSpans

  private let shape: StackShape
  private let needsMedian, needsSpread: Bool

  /// A reduction for a source of such a shape; nil when no pixel of the frame belongs to the region.
  ///
  /// - Parameter statistics: What will be asked for; the rest may be left NaN. Mean and sum cost least,
  ///   the median several times as much as all others.
  public init?(
    of region: RegionOfInterest, in shape: StackShape,
    statistics: Set<RegionStatistics.Statistic> = .allButMedian
  ) {
    spans = RowSpans(of: region, rows: shape.rows, columns: shape.columns)
    guard !spans.isEmpty else { return nil }
    self.shape = shape
    needsMedian = statistics.contains(.median)
    needsSpread = !statistics.isDisjoint(with: [.std, .min, .max])
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
      Worker()
    } _: { item, worker throws(BlitzError) in
      let frames = frames[item * perItem..<min((item + 1) * perItem, frames.count)]
      var results: [RegionStatistics?] = []
      while results.count < frames.count {
        let left = frames.dropFirst(results.count).prefix(Self.together)
        try measure(left, of: source, &worker, &results)
      }
      return results
    }.flatMap { $0 }
  }

  /// Frames lent at a time: the rows of the next one can then be fetched ahead. Few, as converted ones
  /// have to fit a cache.
  private static let together = 8

  /// Runs that are on their way from memory while one is measured; by measurement, 4 to 16 are alike.
  private static let runsAhead = 6

  /// Memory that a thread reuses from frame to frame.
  private struct Worker {
    /// A run in gray, where the stack has colours.
    var gray: [Float] = []
    /// The region's samples side by side, where they are not measured in place.
    var gathered: [Float] = []
    let scratch = BandScratch()
  }

  /// Measures the first of some frames, and those that follow it in the source as well.
  private func measure(
    _ frames: ArraySlice<Int>, of source: any SampleSource, _ worker: inout Worker,
    _ results: inout [RegionStatistics?]
  ) throws(BlitzError) {
    guard let first = frames.first else { return }
    switch source.condition(of: first) {
    case .pending: return results.append(nil)
    case .damaged: return results.append(RegionStatistics())
    case .complete: break
    }
    let run = zip(frames, first...).prefix { $0 == $1 && source.condition(of: $0) == .complete }
    let scratch = worker.scratch
    try source.withBand(rows: spans.rows, frames: first..<first + run.count, scratch: scratch) {
      (samples, stride) throws(BlitzError) in
      for frame in 0..<run.count {
        results.append(statistics(of: samples, frame: frame, stride, &worker))
      }
    }
  }

  private func statistics(
    of samples: Span<Float>, frame: Int, _ stride: Int, _ worker: inout Worker
  ) -> RegionStatistics {
    let band = samples.extracting(frame * stride..<samples.count)
    if shape.channels == 1 && !needsMedian {
      return statistics(of: band, spans.runs, sums: sums(of: band, stride))
    }
    gather(band, &worker)
    let all = RowSpans.Run(row: spans.rows.lowerBound, columns: 0..<worker.gathered.count)
    var sums = RegionSums()
    sums.add(worker.gathered.span)
    var result = statistics(of: worker.gathered.span, CollectionOfOne(all), sums: sums)
    if needsMedian { result.median = median(&worker.gathered) }
    return result
  }

  /// Adds up the region in the first frame of a band, fetching the rows ahead, the next frame's too.
  private func sums(of band: Span<Float>, _ stride: Int) -> RegionSums {
    let runs = spans.runs
    var sums = RegionSums()
    for i in runs.indices {
      let ahead = i + Self.runsAhead
      let isHere = ahead < runs.count
      let place = place(runs[isHere ? ahead : ahead % runs.count])
      band.prefetch(isHere ? place : place.lowerBound + stride..<place.upperBound + stride)
      sums.add(band.extracting(self.place(runs[i])))
    }
    return sums
  }

  /// Measures runs of a band that begins with the region's first row, once they are added up.
  private func statistics(
    of band: Span<Float>, _ runs: some Collection<RowSpans.Run>, sums: RegionSums
  ) -> RegionStatistics {
    var sums = sums
    // Some are NaN, or two infinities cancel: number by number.
    let hasNaN = sums.sum.isNaN
    if hasNaN {
      sums = RegionSums()
      for run in runs { sums.addNumbers(band.extracting(place(run))) }
    }
    var result = RegionStatistics()
    guard sums.count > 0 else { return result }
    result.count = sums.count
    result.sum = sums.sum
    result.mean = sums.sum / Double(sums.count)
    guard needsSpread else { return result }
    var spread = RegionSpread(about: result.mean)
    for run in runs {
      let samples = band.extracting(place(run))
      hasNaN ? spread.addNumbers(samples) : spread.add(samples)
    }
    result.std = (spread.sum / Double(sums.count)).squareRoot()
    (result.min, result.max) = (Double(spread.low), Double(spread.high))
    return result
  }

  /// Where a run of gray samples lies in a band.
  private func place(_ run: RowSpans.Run) -> Range<Int> {
    let row = (run.row - spans.rows.lowerBound) * shape.rowSize
    return row + run.columns.lowerBound..<row + run.columns.upperBound
  }

  /// Lays the region's samples side by side, colours as luminance.
  private func gather(_ band: Span<Float>, _ worker: inout Worker) {
    worker.gathered.removeAll(keepingCapacity: true)
    for run in spans.runs {
      let first =
        (run.row - spans.rows.lowerBound) * shape.rowSize
        + run.columns.lowerBound * shape.channels
      let samples = band.extracting(first..<first + run.columns.count * shape.channels)
      if shape.channels == 1 {
        for i in samples.indices { worker.gathered.append(samples[i]) }
      } else {
        worker.gray.fill(run.columns.count, with: 0)
        var gray = worker.gray.mutableSpan
        Luminance.gray(samples, channels: shape.channels, into: &gray)
        worker.gathered.append(contentsOf: worker.gray)
      }
    }
  }

  private func median(_ samples: inout [Float]) -> Double {
    samples.removeAll { $0.isNaN }
    var numbers = samples.mutableSpan
    return MedianSelection.median(of: &numbers)
  }
}
