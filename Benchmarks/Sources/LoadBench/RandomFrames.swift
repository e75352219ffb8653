import BlitzCore
import BlitzIO

/// The seconds it takes to sum up each of `count` random frames where they lie, in memory already.
func secondsOfRandomFrames(
  of recording: Recording, _ plan: LoadPlan, _ options: LoadOptions, count: Int
) throws -> [Double] {
  guard let source = recording.mappedSource(plan: plan, options: options) else {
    throw BlitzError(.usage, recording.path, "is neither mapped nor in the cache")
  }
  let scratch = BandScratch()
  func sum(_ frame: Int) throws -> Float {
    try source.withFrame(frame, scratch: scratch) { samples in
      var sums = SIMD8<Float>.zero
      for i in stride(from: 0, to: samples.count - 7, by: 8) {
        for lane in 0..<8 { sums[lane] += samples[i + lane] }
      }
      return sums.sum()
    }
  }
  var total: Float = 0
  for frame in 0..<source.shape.frames { total += try sum(frame) }
  // A fixed sequence (Knuth's linear congruential generator).
  var state: UInt64 = 7
  let seconds = try (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let frame = Int(state >> 33) % source.shape.frames
    return try ContinuousClock().measure { total += try sum(frame) }.seconds
  }
  // So that no sum is left out.
  guard !total.isNaN else { throw BlitzError(.damagedInput, recording.path, "holds no numbers") }
  return seconds
}
