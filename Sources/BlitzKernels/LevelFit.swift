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
  /// - Complexity: Two passes, three where the trimmed window is empty; one where nothing is trimmed.
  public mutating func window(of samples: Span<Float>, trimming percent: Double) -> LevelWindow {
    finiteWindow(of: samples, trimming: percent) ?? .unit
  }

  /// The same; nil where no sample is finite.
  public mutating func finiteWindow(
    of samples: Span<Float>, trimming percent: Double
  ) -> LevelWindow? {
    guard percent > 0 else { return Self.extremes(of: samples) }
    let ends = percentiles.values(of: samples, at: [percent, 100 - percent])
    guard let fitted = LevelWindow(darkest: ends[0], brightest: ends[1]) else { return nil }
    return fitted.darkest < fitted.brightest ? fitted : Self.extremes(of: samples)
  }

  /// From the smallest to the largest finite sample.
  private static func extremes(of samples: Span<Float>) -> LevelWindow? {
    let none = SIMD8<Float>(repeating: .infinity)
    var (lows, highs) = (none, -none)
    for pair in 0..<samples.count / 8 {
      let lanes = SIMD8(
        lowHalf: samples.lanes(2 * pair), highHalf: samples.lanes(2 * pair + 1))
      // Less itself, only what is not finite is not 0.
      let isLeftOut = (lanes - lanes) .!= 0
      let (low, high) = (
        lanes.replacing(with: none, where: isLeftOut),
        lanes.replacing(with: -none, where: isLeftOut)
      )
      // `pointwiseMin` would be called, not inlined.
      lows.replace(with: low, where: low .< lows)
      highs.replace(with: high, where: high .> highs)
    }
    var (low, high) = (lows.min(), highs.max())
    for i in samples.count / 8 * 8..<samples.count where samples[i].isFinite {
      (low, high) = (min(low, samples[i]), max(high, samples[i]))
    }
    return LevelWindow(darkest: Double(low), brightest: Double(high))
  }

  /// The same for all finite samples of a stack, of its luma where it has colours.
  ///
  /// - Throws: `cancelled`, or what reading the frames threw.
  /// - Complexity: Two passes over the frames.
  public static func window(
    of stack: StackPercentiles, trimming percent: Double, cancellation: CancellationFlag? = nil,
    progress: ((Double) -> Void)? = nil
  ) throws(BlitzError) -> LevelWindow {
    let ends = try stack.values(
      at: [percent, 100 - percent, 0, 100], cancellation: cancellation, progress: progress)
    guard let fitted = LevelWindow(darkest: ends[0], brightest: ends[1]) else { return .unit }
    guard fitted.darkest == fitted.brightest else { return fitted }
    return LevelWindow(darkest: ends[2], brightest: ends[3]) ?? .unit
  }
}
