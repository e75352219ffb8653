public import BlitzCore

extension Profile {
  /// Measures the profile in one frame of the shape it was made for; earlier values are forgotten.
  ///
  /// - Parameter frame: All samples of the frame.
  /// - Complexity: O(band x length), no allocation.
  public mutating func measure(_ frame: Span<Float>) {
    let length = mean.count / channels
    let others = frame.count / mean.count
    switch line {
    case .row: measure(frame, length: length, step: channels, bandStep: length * channels)
    case .column: measure(frame, length: length, step: others * channels, bandStep: channels)
    }
  }

  /// Reduces the band at every position; neighbours along the line are `step` samples apart, and
  /// across it `bandStep`.
  private mutating func measure(_ frame: Span<Float>, length: Int, step: Int, bandStep: Int) {
    for position in 0..<length {
      for channel in 0..<channels {
        var (count, sum) = (0.0, 0.0)
        var (low, high) = (Float.infinity, -Float.infinity)
        for neighbour in band {
          let sample = frame[position * step + neighbour * bandStep + channel]
          guard !sample.isNaN else { continue }
          count += 1
          sum += Double(sample)
          (low, high) = (Swift.min(low, sample), Swift.max(high, sample))
        }
        let i = position * channels + channel
        mean[i] = count > 0 ? sum / count : .nan
        min[i] = count > 0 ? Double(low) : .nan
        max[i] = count > 0 ? Double(high) : .nan
      }
    }
  }
}
