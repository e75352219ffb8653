/// How many pixels share a cell of the screen.
public enum CellShape: String, CaseIterable, Hashable, Sendable {
  /// Two, one above the other: every pixel has its true colour.
  case half
  /// Four, in the two colours that suit them best: finer shapes, mixed colours.
  case quadrant

  /// Pixels beside each other in a cell.
  public var pixelColumns: Int { self == .half ? 1 : 2 }
}
