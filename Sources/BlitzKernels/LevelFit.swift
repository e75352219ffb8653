public import BlitzCore

/// Fits the level window to samples: from a low to a high percentile of all of them.
///
/// A value to keep: it reuses its counting tables from fit to fit.
public struct LevelFit: Sendable {
  private var percentiles = Percentiles(finiteOnly: true)

  /// Makes the tables.
  public init() {}

  /// The window from the `percent`-th to the `100 - percent`-th percentile of the finite samples.
  ///
  /// Where those are equal, as in a mostly dark frame, it is minimum to maximum; where no sample is
  /// finite, 0 to 1.
  ///
  /// - Parameter percent: What to trim at either end: 0, 1 or 2 in the viewer; 0 is minimum to maximum.
  /// - Complexity: Two passes, four where the trimmed window is empty.
  public mutating func window(of samples: Span<Float>, trimming percent: Double) -> LevelWindow {
    for trim in [percent, 0] {
      let ends = percentiles.values(of: samples, at: [trim, 100 - trim])
      guard let fitted = LevelWindow(darkest: ends[0], brightest: ends[1]) else { return .unit }
      if fitted.darkest < fitted.brightest || trim == 0 { return fitted }
    }
    return .unit
  }
}
