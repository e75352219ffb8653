/// A sheet of text over the image; at most one is open.
public enum Overlay: Hashable, Sendable {
  /// Every key, from the keymap.
  case help
  /// What the recording is and how it was loaded.
  case info
  /// Bytes, rates and the rung in use.
  case meter
}
