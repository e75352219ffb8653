import BlitzCore
import BlitzKernels
import Dispatch

/// Kernels that go through a whole stack.
struct StackBenchmarks {
  let store: SampleStore
  let threads: Int

  private var bytes: Int { store.shape.sampleCount * 4 }

  private var whole: FrameRange {
    get throws { try range(0, store.shape.frames) }
  }

  private func range(_ start: Int, _ end: Int) throws -> FrameRange {
    guard let range = FrameRange(start: start, end: end) else {
      throw BlitzError(.usage, "benchmark", "empty range")
    }
    return range
  }

  private func projection(_ name: String, _ operations: Set<Projection>) throws -> Benchmark {
    let (projector, whole) = (StackProjector(store, threads: threads), try whole)
    return Benchmark(name: name, bytes: bytes) {
      return { _ = try projector.project(operations, over: whole) }
    }
  }

  func all() throws -> [Benchmark] {
    try [
      projection("mean", [.mean]), projection("max", [.max]), projection("min", [.min]),
      projection("std", [.std]),
      projection("mean+std+min+max", [.mean, .std, .min, .max]),
    ] + partials() + corrections() + windows() + traces()
  }

  // MARK: Partials

  private func partials() throws -> [Benchmark] {
    let (store, threads, whole) = (store, threads, try whole)
    let ranges = try randomRanges(count: 20)
    func project(
      _ name: String, _ operations: Set<Projection>, _ ranges: [FrameRange]
    ) -> Benchmark {
      Benchmark(name: name, bytes: ranges.count * bytes) {
        let partials = BlockPartials(of: store)
        try partials?.foldReadyBlocks(threads: threads)
        let projector = StackProjector(store, partials: partials, threads: threads)
        return { for range in ranges { _ = try projector.project(operations, over: range) } }
      }
    }
    return [
      Benchmark(name: "fold partials behind the loader", bytes: bytes) {
        return { _ = try BlockPartials(of: store)?.foldReadyBlocks(threads: threads) }
      },
      project("first toggle of mean+std+min+max", [.mean, .std, .min, .max], [whole]),
      project("20 random ranges, mean", [.mean], ranges),
      project("20 random ranges, mean+std+min+max", [.mean, .std, .min, .max], ranges),
    ]
  }

  private func randomRanges(count: Int) throws -> [FrameRange] {
    var seed = FixedRandom(state: 3)
    return try (0..<count).map { _ in
      let ends = [0, 0].map { _ in Int.random(in: 0...store.shape.frames, using: &seed) }.sorted()
      return try range(ends[0], max(ends[1], ends[0] + 1))
    }
  }

  // MARK: Corrections and windows

  private func corrections() throws -> [Benchmark] {
    let size = store.shape.frameSize
    let dark = (0..<size).map { Float($0 % 7) }
    let flat = (0..<size).map { 1 + Float($0 % 5) / 8 }
    let (store, threads) = (store, threads)
    guard
      let source = CorrectedSource(store, subtract: .plane(dark), divide: .plane(flat))
    else { return [] }
    return [
      Benchmark(name: "subtract+divide frame by frame", bytes: bytes) {
        return {
          try DispatchQueue.forEachPart(of: store.shape.frames, parts: threads) { frames in
            let scratch = BandScratch()
            var result = [Float](repeating: 0, count: size)
            for frame in frames {
              var span = result.mutableSpan
              _ = try source.correct(frame: frame, into: &span, scratch: scratch)
            }
          }
        }
      }
    ]
  }

  private func windows() throws -> [Benchmark] {
    [2, 50, 500].compactMap { SlidingWindow(.trail, length: $0) }.map { window in
      let (store, threads) = (store, threads)
      return Benchmark(name: "sliding mean \(window.length)", bytes: bytes) {
        return { try slide(window, over: store, threads: threads) }
      }
    }
  }

  private func traces() throws -> [Benchmark] {
    let region = try RegionOfInterest(parsing: "rect:100,0,64,64")
    let (store, threads) = (store, threads)
    let frames = Array(0..<store.shape.frames)
    func trace(
      _ name: String, _ statistics: Set<RegionStatistics.Statistic>
    ) throws -> Benchmark {
      guard
        let reduction = TraceReduction(of: region, in: store.shape, statistics: statistics)
      else { throw BlitzError(.usage, "benchmark", "the region is outside") }
      let bytes = frames.count * reduction.spans.pixelCount * 4
      return Benchmark(name: name, bytes: bytes) {
        return { _ = try reduction.measure(frames, of: store, threads: threads) }
      }
    }
    return [
      try trace("trace of 64x64, mean", [.mean]),
      try trace("trace of 64x64, mean+std+min+max", .allButMedian),
    ]
  }
}

/// A sliding mean of every frame, band by band, each thread into memory that it uses again.
private func slide(_ window: SlidingWindow, over store: SampleStore, threads: Int) throws {
  let rowsPerBand = max(1, 4096 / store.shape.rowSize)
  let bands = (store.shape.rows + rowsPerBand - 1) / rowsPerBand
  try DispatchQueue.forEachPart(of: bands, parts: threads) { part in
    var result = [Float](
      repeating: 0, count: rowsPerBand * store.shape.rowSize * store.shape.frames)
    for band in part {
      let rows = band * rowsPerBand..<min((band + 1) * rowsPerBand, store.shape.rows)
      guard
        var mean = WindowReduction(
          .mean, over: window, rows: rows, of: store, scratch: BandScratch())
      else { return }
      let size = rows.count * store.shape.rowSize
      var span = result.mutableSpan
      for frame in 0..<store.shape.frames {
        var part = span._mutatingExtracting(frame * size..<(frame + 1) * size)
        try mean.write(frame: frame, to: &part)
      }
    }
  }
}
