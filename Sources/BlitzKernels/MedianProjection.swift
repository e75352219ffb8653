import BlitzCore

/// Exact medians over frames, for one band of rows; a worker keeps one and reuses its memory.
struct MedianProjection {
  /// Values held at a time: as much as fits a core's cache, unless eight samples' values exceed it.
  static let valueBudget = 1 << 18

  private let scratch = BandScratch()
  /// Strip after strip, each with a vector for every frame.
  private var values: [SIMD8<Float>] = []

  /// The medians of a band, over runs of frames none of which is pending.
  mutating func medians(
    _ runs: [Range<Int>], rows: Range<Int>, of source: any SampleSource
  ) throws(BlitzError) -> [Double] {
    let frames = runs.reduce(0) { $0 + $1.count }
    let size = rows.count * source.shape.rowSize
    let perChunk = max(1, Self.valueBudget / max(frames, 1) / 8) * 8
    var medians: [Double] = []
    medians.reserveCapacity(size + 7)
    var narrow = NarrowMedianStrip()
    for start in stride(from: 0, to: size, by: perChunk) {
      let chunk = start..<min(start + perChunk, size)
      try collect(runs, rows, source, chunk, frames: frames)
      appendMedians(frames: frames, strips: (chunk.count + 7) / 8, &narrow, to: &medians)
      medians.removeLast((chunk.count + 7) / 8 * 8 - chunk.count)
    }
    return medians
  }

  private func appendMedians(
    frames: Int, strips: Int, _ narrow: inout NarrowMedianStrip, to medians: inout [Double]
  ) {
    for strip in 0..<strips {
      let part = values.span.extracting(strip * frames..<(strip + 1) * frames)
      let lanes = MedianStrip.medians(of: part, narrow: &narrow)
      for lane in 0..<8 { medians.append(lanes[lane]) }
    }
  }

  /// Copies one chunk of the band from every frame, turned so that a strip's values lie together.
  private mutating func collect(
    _ runs: [Range<Int>], _ rows: Range<Int>, _ source: any SampleSource, _ chunk: Range<Int>,
    frames: Int
  ) throws(BlitzError) {
    let count = (chunk.count + 7) / 8 * frames
    if values.count != count { values.fill(count, with: .zero) }
    var position = 0
    for run in runs {
      for first in stride(from: run.lowerBound, to: run.upperBound, by: Self.framesPerVisit) {
        let some = first..<min(first + Self.framesPerVisit, run.upperBound)
        try source.withBand(rows: rows, frames: some, scratch: scratch) {
          (samples, stride) throws(BlitzError) in
          let frames = samples.extracting(chunk.lowerBound..<samples.count)
          scatter(frames, stride, chunk.count, to: position..<position + some.count)
        }
        position += some.count
      }
    }
  }

  /// Frames that are turned together: each strip then gets whole lines of a cache, one after the other.
  private static let framesPerVisit = 8

  private mutating func scatter(
    _ samples: Span<Float>, _ stride: Int, _ size: Int, to place: Range<Int>
  ) {
    let strips = (size + 7) / 8
    let frames = values.count / strips
    var target = values.mutableSpan
    for strip in 0..<size / 8 {
      for position in place {
        let group = samples.extracting(
          (position - place.lowerBound) * stride + strip * 8..<samples.count)
        target[strip * frames + position] = SIMD8(
          lowHalf: group.lanes(0), highHalf: group.lanes(1))
      }
    }
    guard strips > size / 8 else { return }
    for position in place {
      let start = (position - place.lowerBound) * stride
      let rest = samples.extracting(start + size / 8 * 8..<start + size)
      target[(strips - 1) * frames + position] = SIMD8(
        lowHalf: rest.paddedLanes(0), highHalf: rest.paddedLanes(1))
    }
  }
}
