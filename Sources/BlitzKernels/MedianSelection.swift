/// The median and other percentiles of a list of numbers, found by partial sorting.
enum MedianSelection {
  /// The middle value, or the mean of the middle two; NaN for no numbers. Reorders `numbers`.
  ///
  /// Hoare's selection with the median of three as pivot; numbers must not be NaN. O(count) on average.
  static func median(of numbers: inout MutableSpan<Float>) -> Double {
    guard numbers.count > 0 else { return .nan }
    let rank = (numbers.count - 1) / 2
    let low = select(rank, in: &numbers)
    guard numbers.count.isMultiple(of: 2) else { return Double(low) }
    // Selection leaves only larger or equal numbers behind the rank.
    var next = Float.infinity
    for i in rank + 1..<numbers.count { next = min(next, numbers[i]) }
    return low == next ? Double(low) : (Double(low) + Double(next)) / 2
  }

  /// A percentile, interpolated linearly between neighbours; NaN for no numbers. As `median` otherwise.
  static func percentile(_ percent: Double, of numbers: inout MutableSpan<Float>) -> Double {
    guard numbers.count > 0 else { return .nan }
    let position = RankPosition(percent: percent, population: numbers.count)
    let low = select(position.rank, in: &numbers)
    guard position.next > position.rank else { return Double(low) }
    var next = Float.infinity
    for i in position.next..<numbers.count { next = min(next, numbers[i]) }
    return position.value(between: Double(low), Double(next))
  }

  /// The number of a rank, counted from 0. Smaller or equal ones are then before it, larger or equal ones
  /// behind it.
  static func select(_ rank: Int, in numbers: inout MutableSpan<Float>) -> Float {
    var (first, last) = (0, numbers.count - 1)
    while first < last {
      let pivot = middle(numbers[first], numbers[(first + last) / 2], numbers[last])
      var (i, j) = (first, last)
      while i <= j {
        while numbers[i] < pivot { i += 1 }
        while numbers[j] > pivot { j -= 1 }
        guard i <= j else { break }
        numbers.swapAt(i, j)
        i += 1
        j -= 1
      }
      if rank <= j { last = j } else if rank >= i { first = i } else { break }
    }
    return numbers[rank]
  }

  private static func middle(_ a: Float, _ b: Float, _ c: Float) -> Float {
    max(min(a, b), min(max(a, b), c))
  }
}
