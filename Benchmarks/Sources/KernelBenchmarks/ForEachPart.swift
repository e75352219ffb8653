import BlitzCore
import Dispatch
import Synchronization

extension DispatchQueue {
  /// Splits `0..<count` into equal runs, one for each thread.
  static func forEachPart(
    of count: Int, parts: Int, _ body: @Sendable (Range<Int>) throws -> Void
  ) throws {
    let failure = Mutex<(any Error)?>(nil)
    concurrentPerform(iterations: parts) { part in
      do {
        try body(count * part / parts..<count * (part + 1) / parts)
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}

/// Random numbers with a fixed sequence (Knuth's 64-bit linear congruential generator).
struct FixedRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 33
  }
}
