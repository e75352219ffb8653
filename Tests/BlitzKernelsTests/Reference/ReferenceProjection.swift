import BlitzCore

/// Projections by their definition: for each sample, all its numbers at once, in Double.
struct ReferenceProjection {
  let frameSize: Int
  let samples: [Float]

  func plane(
    _ operation: Projection, frames: [Int], freedom: DegreesOfFreedom = .population
  ) -> [Double] {
    (0..<frameSize).map { index in
      let values = frames.map { Double(samples[$0 * frameSize + index]) }.filter { !$0.isNaN }
      return Self.reduce(values, operation, freedom)
    }
  }

  static func reduce(
    _ values: [Double], _ operation: Projection, _ freedom: DegreesOfFreedom = .population
  ) -> Double {
    guard !values.isEmpty else { return .nan }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    switch operation {
    case .mean: return mean
    case .sum: return values.reduce(0, +)
    case .min: return values.min() ?? .nan
    case .max: return values.max() ?? .nan
    case .std:
      if values.count == 1 { return values[0].isFinite ? 0 : .nan }
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / (count - Double(freedom.rawValue))).squareRoot()
    case .median:
      let sorted = values.sorted()
      let half = sorted.count / 2
      if sorted.count.isMultiple(of: 2), sorted[half - 1] != sorted[half] {
        return (sorted[half - 1] + sorted[half]) / 2
      }
      return sorted[half]
    }
  }
}
