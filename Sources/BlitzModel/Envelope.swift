/// What the profiles through the crosshair are seen within: the extremes at each position.
public enum Envelope: String, CaseIterable, Hashable, Sendable {
  case off
  /// Over all rows, or columns, of the image that is shown.
  case image
  /// Over those of every frame.
  case stack
}
