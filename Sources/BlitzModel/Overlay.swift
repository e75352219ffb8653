/// A sheet over the image; at most one is open.
public enum Overlay: Hashable, Sendable {
  /// Every key, from the keymap.
  case help
  /// What the recording is and how it was loaded.
  case info
  /// The regions of interest, with their statistics at the current frame.
  case regions
  /// What is subtracted and divided out, and how to change it.
  case corrections
  /// What can be saved.
  case exports
  /// Every action by name.
  case palette
  /// The files that the recording is made of.
  case files
  /// Bytes, rates and the rung in use.
  case meter
}
