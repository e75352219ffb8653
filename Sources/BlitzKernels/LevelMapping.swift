public import BlitzCore
import Glibc

/// Maps samples to the 256 steps of a colour map.
///
/// The linear form is the linear VOI transform of DICOM PS3.3 C.11.2.1.2, stated by its ends.
public struct LevelMapping: Equatable, Sendable {
  /// How brightness grows between the ends of the window; `t` runs from 0 to 1.
  public enum Transfer: Equatable, Hashable, Sendable {
    /// `t`.
    case linear
    /// `log(1 + 1000 t) / log(1001)`, as in DS9: shows what is faint beside what is bright.
    case logarithmic
    /// The square root of `t`: evens out photon noise.
    case squareRoot
    /// `t` to the power `gamma`, above 0; under 1 brightens, over 1 darkens.
    case gamma(Double)
  }

  /// The values shown as index 0 and 255.
  public let window: LevelWindow
  /// The curve between them.
  public let transfer: Transfer

  /// A mapping; a `gamma` that is not positive and finite is taken as 1.
  public init(_ window: LevelWindow, transfer: Transfer = .linear) {
    self.window = window
    if case .gamma(let power) = transfer, !(power > 0 && power.isFinite) {
      self.transfer = .linear
    } else {
      self.transfer = transfer
    }
  }

  /// Maps samples to indices 0...255, rounded down; values outside the window take its ends, NaN takes 0.
  ///
  /// A window of no width is a step: 255 for what lies above it, 0 for the rest.
  ///
  /// - Parameters:
  ///   - samples: Any values, in sample units.
  ///   - indices: One byte per sample, as many as `samples`.
  /// - Complexity: O(`samples.count`), no allocation; the curves other than linear cost a call each.
  public func map(_ samples: Span<Float>, into indices: inout MutableSpan<UInt8>) {
    precondition(samples.count == indices.count, "one index per sample")
    guard window.darkest < window.brightest else {
      for i in samples.indices { indices[i] = Double(samples[i]) > window.darkest ? 255 : 0 }
      return
    }
    switch transfer {
    case .linear: map(samples, into: &indices) { $0 }
    case .logarithmic: map(samples, into: &indices) { log1p(1000 * $0) * (1 / log1p(1000)) }
    case .squareRoot: map(samples, into: &indices) { $0.squareRoot() }
    case .gamma(let power): map(samples, into: &indices) { pow($0, power) }
    }
  }

  @inline(__always)
  private func map(
    _ samples: Span<Float>, into indices: inout MutableSpan<UInt8>, _ curve: (Double) -> Double
  ) {
    let darkest = window.darkest
    // Halved, so that the widest window does not overflow.
    let width = window.brightest / 2 - darkest / 2
    for i in samples.indices {
      let t = (Double(samples[i]) / 2 - darkest / 2) / width
      // The first comparison is false for NaN; both ends are clamped before the conversion.
      indices[i] = t > 0 ? UInt8(curve(min(t, 1)) * 255) : 0
    }
  }
}
