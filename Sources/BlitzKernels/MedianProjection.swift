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
    values.fill((chunk.count + 7) / 8 * frames, with: .zero)
    var position = 0
    for run in runs {
      for first in stride(from: run.lowerBound, to: run.upperBound, by: 16) {
        let some = first..<min(first + 16, run.upperBound)
        try source.withBand(rows: rows, frames: some, scratch: scratch) {
          (samples, stride) throws(BlitzError) in
          for frame in 0..<some.count {
            let start = frame * stride
            let part = samples.extracting(start + chunk.lowerBound..<start + chunk.upperBound)
            scatter(part, frames: frames, to: position + frame)
          }
        }
        position += some.count
      }
    }
  }

  private mutating func scatter(_ samples: Span<Float>, frames: Int, to position: Int) {
    var target = values.mutableSpan
    for strip in 0..<samples.count / 8 {
      target[strip * frames + position] = SIMD8(
        lowHalf: samples.lanes(2 * strip), highHalf: samples.lanes(2 * strip + 1))
    }
    if !samples.count.isMultiple(of: 8) {
      let strip = samples.count / 8
      target[strip * frames + position] = SIMD8(
        lowHalf: samples.paddedLanes(2 * strip), highHalf: samples.paddedLanes(2 * strip + 1))
    }
  }
}
