public import BlitzCore

extension Histogram {
  /// Counts samples into the bins, on top of what is there: call it per frame for a whole stack.
  ///
  /// Agrees with `numpy.histogram` in Double: a sample that rounding puts on the wrong side of an edge
  /// is moved to the bin whose edges contain it.
  ///
  /// - Complexity: O(`samples.count`), no allocation.
  public mutating func add(_ samples: Span<Float>) {
    let (low, high, last) = (window.darkest, window.brightest, counts.count - 1)
    let step = (high - low) / Double(counts.count)
    let scale = low < high ? min(Double(counts.count) / (high - low), .greatestFiniteMagnitude) : 0
    var (under, over, none) = (0, 0, 0)
    let done = 4 * WideVectors.count(samples, scale: scale, step: step, into: &self)
    var bins = counts.mutableSpan
    for i in done..<samples.count {
      let sample = Double(samples[i])
      guard low <= sample, sample <= high else {
        if sample < low { under += 1 } else if sample > high { over += 1 } else { none += 1 }
        continue
      }
      var bin = min(Int((sample - low) * scale), last)
      if sample < low + step * Double(bin) {
        bin -= 1
      } else if bin < last, sample >= low + step * Double(bin + 1) {
        bin += 1
      }
      bins[bin] += 1
    }
    below += under
    above += over
    notANumber += none
  }
}
