import BlitzCore
import Dispatch

/// What the samples of a benchmark's stack are like.
enum Content {
  /// 20 bits of noise with a fraction.
  case wide
  /// Whole numbers below a bound.
  case whole(UInt32)

  func sample(_ bits: UInt32) -> Float {
    switch self {
    case .wide: Float(bits & 0xfffff) / 256
    case .whole(let bound): Float(bits % bound)
    }
  }
}

/// A stack of reproducible noise, filled on all processors.
func stack(frames: Int, rows: Int, columns: Int, _ content: Content) throws -> SampleStore {
  guard let shape = StackShape(frames: frames, rows: rows, columns: columns) else {
    throw BlitzError(.usage, "benchmark", "impossible extents")
  }
  let store = try SampleStore(shape: shape)
  DispatchQueue.concurrentPerform(iterations: frames) { frame in
    var bits = UInt32(truncatingIfNeeded: frame) &* 2_654_435_761 | 1
    _ = store.fill(frame: frame) { samples in
      for i in samples.indices {
        // Marsaglia's xorshift with 32 bits.
        bits ^= bits << 13
        bits ^= bits >> 17
        bits ^= bits << 5
        samples[i] = content.sample(bits)
      }
      return .complete
    }
  }
  return store
}
