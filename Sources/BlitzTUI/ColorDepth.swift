/// How many colours the terminal shows; each case is one way to spell a pixel.
public enum ColorDepth: String, CaseIterable, Sendable {
  /// 24 bits.
  case rgb
  /// The xterm cube and its grey ramp, indices 16...255.
  case palette256 = "256"
  /// The sixteen named colours.
  case palette16 = "16"
  /// None: blocks in the terminal's own two colours.
  case mono
  /// None, and no block characters either: a ramp of ASCII characters.
  case ascii
}
