/// Synthetic samples that a NumPy script can reproduce bit by bit.
public enum TestSamples {
  /// Uniform in `low ..< high`: computed in Double from 24 random bits each, rounded to Float.
  public static func uniform(seed: UInt64, count: Int, from low: Double, to high: Double) -> [Float]
  {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      Float(low + (high - low) * Double(random.next() >> 40) / Double(1 << 24))
    }
  }
}
