import BlitzCore
import BlitzKernels

/// Medians over a few rows, and kernels that take one frame.
struct FrameBenchmarks {
  let frames, rows: Int
  let threads: Int

  func all() throws -> [Benchmark] {
    [
      ("median of floats", .wide), ("median of 16 bits", .whole(65_536)),
      ("median of 8 bits", .whole(256)),
    ]
    .map { name, content in median(name, content) } + (try oneFrame())
  }

  private func median(_ name: String, _ content: Content) -> Benchmark {
    let (frames, rows, threads) = (frames, min(rows, 64), threads)
    return Benchmark(name: name, bytes: frames * rows * 512 * 4) {
      let store = try stack(frames: frames, rows: rows, columns: 512, content)
      guard let whole = FrameRange(start: 0, end: frames) else {
        throw BlitzError(.usage, "benchmark", "no frames")
      }
      let projector = StackProjector(store, threads: threads)
      return { _ = try projector.project([.median], over: whole) }
    }
  }

  private func oneFrame() throws -> [Benchmark] {
    let size = 512 * 512
    let frame = try stack(frames: 1, rows: 512, columns: 512, .whole(4096))
    let scratch = BandScratch()
    var percentiles = Percentiles()
    var indices = [UInt8](repeating: 0, count: size)
    var small = [Float](repeating: 0, count: 80 * 120)
    guard let window = LevelWindow(darkest: 10, brightest: 4000),
      var histogram = Histogram(bins: 256, over: window),
      var area = AreaResample(sourceRows: 512, sourceColumns: 512, rows: 80, columns: 120),
      var maximum = MaximumResample(sourceRows: 512, sourceColumns: 512, rows: 80, columns: 120)
    else { return [] }
    func onFrame(_ name: String, _ body: @escaping (Span<Float>) -> Void) -> Benchmark {
      Benchmark(name: name, bytes: size * 4) {
        return {
          try frame.withFrame(0, scratch: scratch) { (samples) throws(BlitzError) in body(samples) }
        }
      }
    }
    return [
      onFrame("percentiles 1 and 99 of 512x512") { _ = percentiles.values(of: $0, at: [1, 99]) },
      onFrame("histogram of 512x512") { histogram.add($0) },
      onFrame("levels of 512x512") {
        var span = indices.mutableSpan
        LevelMapping(window).map($0, into: &span)
      },
      onFrame("area 512x512 to 80x120") {
        var span = small.mutableSpan
        area.apply($0, into: &span)
      },
      onFrame("maximum 512x512 to 80x120") {
        var span = small.mutableSpan
        maximum.apply($0, into: &span)
      },
    ]
  }
}
