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
