/// The median of a window of frames: each sample's values are kept in order, one put in and one taken out
/// a frame, by bisection and a short move.
struct SlidingMedian: SlidingReduction {
  /// The numbers in the window of each sample, in order.
  private var ordered: [[Float]]

  init(size: Int) { ordered = .init(repeating: [], count: size) }

  mutating func enter(_ samples: Span<Float>) {
    for i in ordered.indices where !samples[i].isNaN {
      ordered[i].insert(samples[i], at: Self.place(of: samples[i], in: ordered[i]))
    }
  }

  mutating func leave(_ samples: Span<Float>) {
    for i in ordered.indices where !samples[i].isNaN {
      ordered[i].remove(at: Self.place(of: samples[i], in: ordered[i]))
    }
  }

  mutating func write(to result: inout MutableSpan<Float>) {
    for i in ordered.indices { result[i] = Self.median(of: ordered[i]) }
  }

  /// The first place whose number is not below `sample`.
  private static func place(of sample: Float, in numbers: [Float]) -> Int {
    var (first, end) = (0, numbers.count)
    while first < end {
      let middle = (first + end) / 2
      if numbers[middle] < sample { first = middle + 1 } else { end = middle }
    }
    return first
  }

  private static func median(of numbers: [Float]) -> Float {
    guard let last = numbers.indices.last else { return .nan }
    let (low, high) = (numbers[last / 2], numbers[(last + 1) / 2])
    return low == high ? low : Float((Double(low) + Double(high)) / 2)
  }
}
