import BlitzModel

/// The numbers and marks of one control sequence (`ESC [ ...`), and what it means.
struct ControlSequence {
  /// What a finished sequence means to us.
  enum Meaning: Equatable {
    case key(Key)
    case mouse(MouseEvent)
    case reply(TerminalReply)
    case pasteBegin
    case nothing
  }

  private var numbers: [8 of Int] = .init(repeating: 0)
  private var count = 0
  private var mark: UInt8 = 0
  private var intermediate: UInt8 = 0
  private var isFirst = true

  /// Larger numbers and more of them are cut off.
  private static let largest = 99_999

  init() {}

  /// Takes a byte before the final one.
  mutating func take(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if count == 0 { count = 1 }
      guard count <= 8 else { break }
      let digit = Int(byte) - 0x30
      numbers[count - 1] = min(numbers[count - 1] * 10 + digit, Self.largest)
    case UInt8(ascii: ";"), UInt8(ascii: ":"): count = min(max(count, 1) + 1, 9)
    case 0x3C...0x3F: if isFirst { mark = byte }
    default: intermediate = byte
    }
    isFirst = false
  }

  private func number(_ i: Int) -> Int { i < min(count, 8) ? numbers[i] : 0 }

  /// What it means once its final byte has come.
  func meaning(final: UInt8) -> Meaning {
    switch (mark, intermediate) {
    case (0, 0): plain(final)
    case (UInt8(ascii: "<"), 0): mouse(final).map { .mouse($0) } ?? .nothing
    case (UInt8(ascii: "?"), 0): final == UInt8(ascii: "c") ? .reply(.deviceAttributes) : .nothing
    case (UInt8(ascii: "?"), UInt8(ascii: "$")) where number(0) == 2026:
      .reply(.synchronizedOutput(1...2 ~= number(1)))
    default: .nothing
    }
  }

  private func plain(_ final: UInt8) -> Meaning {
    switch final {
    case UInt8(ascii: "n"): return number(0) == 0 ? .reply(.acknowledged) : .nothing
    case UInt8(ascii: "t"): return size()
    case UInt8(ascii: "~") where number(0) == 200: return .pasteBegin
    case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "@"), UInt8(ascii: "$"):
      return Self.numbered(number(0)).map { .key(Key($0, modifiers(final))) } ?? .nothing
    case UInt8(ascii: "Z"): return .key(Key(.tab, .shift))
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return Self.lettered(final - 0x20).map { .key(Key($0, .shift)) } ?? .nothing
    default:
      // A number other than 1 before a letter is some reply, such as the cursor's place.
      guard number(0) <= 1, let code = Self.lettered(final) else { return .nothing }
      return .key(Key(code, modifiers(final)))
    }
  }

  /// xterm's second number less one; rxvt says it by the final byte.
  private func modifiers(_ final: UInt8) -> Key.Modifiers {
    switch final {
    case UInt8(ascii: "^"): .control
    case UInt8(ascii: "@"): [.control, .shift]
    case UInt8(ascii: "$"): .shift
    default: Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: max(number(1) - 1, 0)))
    }
  }

  private func size() -> Meaning {
    switch number(0) {
    case 4: .reply(.screenPixels(height: number(1), width: number(2)))
    case 6: .reply(.cellPixels(height: number(1), width: number(2)))
    default: .nothing
    }
  }

  private static func lettered(_ final: UInt8) -> Key.Code? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4F)
    default: nil
    }
  }

  private static func numbered(_ number: Int) -> Key.Code? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }

  /// The key behind `ESC O`: the cursor keys again, keypad Enter, rxvt's Ctrl-arrows.
  static func singleShift(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "M"): Key(.enter)
    case UInt8(ascii: "a")...UInt8(ascii: "d"): lettered(byte - 0x20).map { Key($0, .control) }
    default: lettered(byte).map { Key($0) }
    }
  }

  private func mouse(_ final: UInt8) -> MouseEvent? {
    guard count >= 3, final == UInt8(ascii: "M") || final == UInt8(ascii: "m") else { return nil }
    return Self.mouse(
      number(0), column: number(1), row: number(2), isRelease: final == UInt8(ascii: "m"))
  }

  /// The three bytes of the report that terminals without the SGR spelling send.
  static func legacyMouse(_ bytes: [UInt8]) -> MouseEvent? {
    guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return nil }
    let code = Int(bytes[0]) - 32
    let isRelease = code & 3 == 3 && code & 96 == 0
    return mouse(
      code, column: Int(bytes[1]) - 32, row: Int(bytes[2]) - 32, isRelease: isRelease)
  }

  private static func mouse(
    _ code: Int, column: Int, row: Int, isRelease: Bool
  ) -> MouseEvent? {
    guard let button = button(code) else { return nil }
    let isMotion = code & 32 != 0
    let kind: MouseEvent.Kind =
      isMotion ? (button == .none ? .move : .drag) : isRelease ? .release : .press
    let modifiers = Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: code >> 2 & 7))
    return MouseEvent(
      button, kind, row: max(row, 1) - 1, column: max(column, 1) - 1, modifiers: modifiers)
  }

  private static func button(_ code: Int) -> MouseEvent.Button? {
    switch code & 0b1100_0011 {
    case 0: .left
    case 1: .middle
    case 2: .right
    case 3: MouseEvent.Button.none
    case 64: .wheelUp
    case 65: .wheelDown
    default: nil
    }
  }
}

extension TerminalReply {
  /// The reply in a finished string, whose first byte is its introducer's; nil when it is none of ours.
  init?(string: [UInt8]) {
    guard string.first == UInt8(ascii: "P") else { return nil }
    let body = String(decoding: string.dropFirst(), as: UTF8.self)
    if body.hasPrefix(">|") {
      self = .version(String(body.dropFirst(2)))
    } else if body.hasPrefix("1$r") {
      // The style we set came back, with or without the colour.
      self = .directColor(body.contains("1;2;3") || body.contains("1:2:3"))
    } else if body.lowercased().hasPrefix("1+r524742") {
      self = .directColor(true)
    } else {
      return nil
    }
  }
}
