/// How samples are distributed over equal bins between two values.
///
/// Bins follow NumPy: each holds its lower edge, the last one holds both. What lies outside is counted
/// apart, so that `counts`, `below`, `above` and `notANumber` add up to the samples seen.
public struct Histogram: Equatable, Sendable {
  /// The values at the outer edges.
  public private(set) var window: LevelWindow
  /// Samples in each bin, lowest first; at least one bin.
  public var counts: [Int]
  /// Samples under the first edge, minus infinity included.
  public var below = 0
  /// Samples over the last edge, infinity included.
  public var above = 0
  /// Samples that are NaN.
  public var notANumber = 0

  /// An empty histogram; nil unless `bins` is in 1...2^20.
  public init?(bins: Int, over window: LevelWindow) {
    guard 1...1 << 20 ~= bins else { return nil }
    self.window = window
    counts = [Int](repeating: 0, count: bins)
  }

  /// The lower edge of a bin; `edge(counts.count)` is the upper edge of the last one.
  public func edge(_ bin: Int) -> Double {
    guard bin < counts.count else { return window.brightest }
    let step = (window.brightest - window.darkest) / Double(counts.count)
    return window.darkest + step * Double(bin)
  }

  /// Forgets all samples, keeping the bins; they lie over another window from now on, when one is given.
  public mutating func clear(over window: LevelWindow? = nil) {
    self.window = window ?? self.window
    for bin in counts.indices { counts[bin] = 0 }
    (below, above, notANumber) = (0, 0, 0)
  }
}
