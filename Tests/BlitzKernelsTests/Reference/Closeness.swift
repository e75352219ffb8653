import BlitzCore
import Synchronization

/// True when two values agree within `tolerance`, are the same infinity, or are both NaN.
func agree(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  a == b || a.isNaN && b.isNaN || abs(a - b) <= tolerance
}

/// True when two rows of values agree one by one; the tolerance is relative to the mean magnitude.
func agree(
  _ a: some Collection<Float>, _ b: some Collection<Double>, relative tolerance: Double = 1e-6
) -> Bool {
  let finite = b.filter(\.isFinite)
  let scale = finite.reduce(0) { $0 + abs($1) } / Double(max(finite.count, 1))
  return a.count == b.count
    && zip(a, b).allSatisfy { agree(Double($0), $1, within: tolerance * scale) }
}

/// True when a projection agrees to what the project promises: 1e-6 of the samples' mean magnitude,
/// for a sum as many times that as there are frames; a deviation to its own rounding to `Float` besides.
func agree(
  _ a: [Double], _ b: [Double], magnitudeOf samples: [Float], _ operation: Projection
) -> Bool {
  let finite = samples.filter(\.isFinite)
  let mean = finite.reduce(0.0) { $0 + Double(abs($1)) } / Double(max(finite.count, 1))
  let frames = operation == .sum ? samples.count / b.count : 1
  let rounding = operation == .std ? 6e-8 : 0
  return a.count == b.count
    && zip(a, b).allSatisfy {
      agree($0, $1, within: 1e-6 * mean * Double(frames) + rounding * abs($1))
    }
}

/// Bit patterns, so that NaN compares equal and -0 does not.
func bits(_ values: [Double]?) -> [UInt64]? { values?.map(\.bitPattern) }

/// Collects progress from any thread.
final class Fractions: Sendable {
  private let seen = Mutex<[Double]>([])

  func note(_ fraction: Double) { seen.withLock { $0.append(fraction) } }
  var sorted: [Double] { seen.withLock { $0.sorted() } }
}
