import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct TraceReductionTests {
  /// A small stack with offsets, some NaN, and one infinity.
  private func stack(channels: Int = 1) throws -> (store: SampleStore, samples: [Float]) {
    var samples = TestSamples.uniform(
      seed: 4, count: 9 * 12 * 14 * channels, from: 9_990, to: 10_010)
    for i in stride(from: 12 * 14 * channels, to: 24 * 14 * channels, by: 5) { samples[i] = .nan }
    samples[3 * 12 * 14 * channels + 40] = .infinity
    let store = try TestStack.store(
      frames: 9, rows: 12, columns: 14, channels: channels, samples: samples, damaged: [5],
      pending: [7])
    return (store, samples)
  }

  private func measure(
    _ text: String, _ store: SampleStore, frames: [Int]? = nil, threads: Int = 2
  ) throws -> [RegionStatistics?] {
    let region = try RegionOfInterest(parsing: text)
    let reduction = try #require(
      TraceReduction(
        of: region, in: store.shape, statistics: Set(RegionStatistics.Statistic.allCases)))
    return try reduction.measure(frames ?? Array(0..<9), of: store, threads: threads)
  }

  @Test(arguments: ["rect:0,0,14,12", "rect:3,2,5,7", "point:13,11", "ellipse:-2,1,11,9"])
  func matchesTheDefinition(text: String) throws {
    let (store, samples) = try stack()
    let spans = RowSpans(of: try RegionOfInterest(parsing: text), rows: 12, columns: 14)
    for (frame, found) in try measure(text, store).enumerated() where ![5, 7].contains(frame) {
      let values = spans.runs.flatMap { run in
        run.columns.map { Double(samples[(frame * 12 + run.row) * 14 + $0]) }
      }.filter { !$0.isNaN }
      let found = try #require(found)
      #expect(found.count == values.count)
      for operation in Projection.allCases {
        let expected = ReferenceProjection.reduce(values, operation)
        let statistic = try #require(RegionStatistics.Statistic(rawValue: operation.rawValue))
        let tolerance = operation == .sum ? 1e-9 * abs(expected) : 1e-7
        #expect(agree(found[statistic], expected, within: tolerance), "\(operation) \(frame)")
      }
    }
  }

  @Test func pendingAndDamagedFrames() throws {
    let found = try measure("rect:0,0,3,3", stack().store)
    #expect(found[7] == nil)
    #expect(found[5]?.count == 0 && found[5]?.mean.isNaN == true)
  }

  @Test func anyOrderAndAnyThreads() throws {
    let store = try stack().store
    let straight = try measure("rect:1,1,9,9", store, threads: 1)
    let order = [8, 0, 4, 4, 2]
    for threads in [1, 3, 8] {
      let found = try measure("rect:1,1,9,9", store, frames: order, threads: threads)
      #expect(found.map { $0?.std.bitPattern } == order.map { straight[$0]?.std.bitPattern })
    }
  }

  @Test func colourIsMeasuredAsLuminance() throws {
    let store = try TestStack.store(
      frames: 1, rows: 1, columns: 2, channels: 3, samples: [100, 200, 50, 7, 7, 7])
    let region = try RegionOfInterest(parsing: "rect:0,0,2,1")
    let reduction = try #require(TraceReduction(of: region, in: store.shape))
    let found = try #require(try reduction.measure([0], of: store, threads: 1)[0])
    #expect(agree(found.max, 153, within: 1e-4) && found.min == 7 && found.median.isNaN)
  }

  @Test func regionOutsideTheFrame() throws {
    let region = try RegionOfInterest(parsing: "rect:14,0,2,2")
    #expect(TraceReduction(of: region, in: try stack().store.shape) == nil)
  }

  @Test func cancels() throws {
    let store = try stack().store
    let flag = CancellationFlag()
    flag.cancel()
    let region = try RegionOfInterest(parsing: "rect:0,0,2,2")
    let reduction = try #require(TraceReduction(of: region, in: store.shape))
    #expect(throws: BlitzError.self) {
      try reduction.measure([0], of: store, threads: 2, cancellation: flag)
    }
  }
}
