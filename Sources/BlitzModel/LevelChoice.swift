public import BlitzCore

/// Levels as an option names them: fitted to the samples, or given.
public enum LevelChoice: Equatable, Sendable {
  /// Fitted, so many per cent of the samples being left out at each end.
  case trimmed(Double)
  /// The darkest and brightest value.
  case window(LevelWindow)

  /// Reads `auto`, `p` with a per cent from 0 to below 50, or `LO,HI`; nil for anything else.
  public init?(parsing text: String) {
    if text == "auto" {
      self = .trimmed(1)
    } else if text.first == "p", let percent = Double(text.dropFirst()), 0..<50 ~= percent {
      self = .trimmed(percent)
    } else {
      let ends = text.split(separator: ",", omittingEmptySubsequences: false)
      guard ends.count == 2, let low = Double(ends[0]), let high = Double(ends[1]),
        let window = LevelWindow(darkest: low, brightest: high)
      else { return nil }
      self = .window(window)
    }
  }
}
