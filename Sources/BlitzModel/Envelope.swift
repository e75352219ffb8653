/// What the profiles through the crosshair are seen within, at each position.
public enum Envelope: String, CaseIterable, Hashable, Sendable {
  case off
  /// The extremes over all rows, or columns, of the image that is shown.
  case image
  /// The extremes over those of every frame. Percentiles over them all would take counts of every value
  /// for every row and column, or a pass over the stack for each few of them; an estimate would be no
  /// envelope.
  case stack
  /// Percentiles over those of the image: 1 and 99, 5 and 95, 25 and 75.
  case p1, p5, p25

  /// What the profiles are seen within, of the image or of the stack: `image p5..p95`; nil for nothing.
  public var extent: String? {
    switch self {
    case .off: nil
    case .image: "image min..max"
    case .stack: "stack min..max"
    case .p1: "image p1..p99"
    case .p5: "image p5..p95"
    case .p25: "image p25..p75"
    }
  }

  /// Per cent of the samples that lie outside at each end; 0 for extremes.
  public var trim: Double {
    switch self {
    case .off, .image, .stack: 0
    case .p1: 1
    case .p5: 5
    case .p25: 25
    }
  }
}
