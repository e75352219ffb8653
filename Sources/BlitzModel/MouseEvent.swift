/// One report of the mouse, in cells of the screen counted from 0.
public struct MouseEvent: Hashable, Sendable {
  /// Which button it concerns; `none` for a move with no button held.
  public enum Button: Hashable, Sendable { case none, left, middle, right, wheelUp, wheelDown }

  /// What happened; a wheel step is a press.
  public enum Kind: Hashable, Sendable { case press, release, drag, move }

  /// The button it concerns.
  public let button: Button
  /// What happened to it.
  public let kind: Kind
  /// The cell under the pointer.
  public let row, column: Int
  /// Keys held meanwhile.
  public let modifiers: Key.Modifiers

  /// A report as decoded; coordinates may lie outside the screen.
  public init(
    _ button: Button, _ kind: Kind, row: Int, column: Int, modifiers: Key.Modifiers = []
  ) {
    (self.button, self.kind) = (button, kind)
    (self.row, self.column) = (row, column)
    self.modifiers = modifiers
  }
}

/// One thing that came from the terminal.
public enum InputEvent: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// Bracketed paste: text, never commands.
  case paste(String)
}
