/// One key press, after the terminal's spelling of it has been decoded.
///
/// A letter typed with Shift is the capital letter without a modifier; Ctrl-D is `d` with
/// `.control`. Tab, Enter and Backspace are named keys, never Ctrl-I, Ctrl-M or Ctrl-H.
public struct Key: Hashable, Sendable {
  /// What was pressed, without modifiers.
  public enum Code: Hashable, Sendable {
    case character(Unicode.Scalar)
    case up, down, left, right
    case home, end, pageUp, pageDown
    case insert, delete, backspace, enter, escape, tab
    case function(Int)
  }

  /// Keys held down with it.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    /// The bits, as xterm numbers them less one: 1 Shift, 2 Alt, 4 Control.
    public let rawValue: UInt8

    /// Any combination of bits; unknown ones are kept and match nothing.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Shift held, for keys that are no characters.
    public static let shift = Modifiers(rawValue: 1)
    /// Alt held.
    public static let alt = Modifiers(rawValue: 2)
    /// Control held.
    public static let control = Modifiers(rawValue: 4)
  }

  /// What was pressed.
  public let code: Code
  /// What was held with it.
  public let modifiers: Modifiers

  /// A key with its modifiers.
  public init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// A printable character, as typed.
  public static func character(_ scalar: Unicode.Scalar) -> Key { Key(.character(scalar)) }

  /// A letter held with Control.
  public static func control(_ scalar: Unicode.Scalar) -> Key {
    Key(.character(scalar), .control)
  }
}

extension Key: ExpressibleByUnicodeScalarLiteral {
  /// Lets the keymap say `"l"`.
  public init(unicodeScalarLiteral scalar: Unicode.Scalar) { self = .character(scalar) }
}
