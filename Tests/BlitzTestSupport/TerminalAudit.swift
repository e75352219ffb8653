/// Reads what a program sent to a terminal and finds everything that is not on a list of allowed
/// sequences: the check against file names and metadata that carry escape sequences of their own.
///
/// It knows no more of blitz than that list, and splits bytes as ECMA-48 says.
public struct TerminalAudit {
  /// What was found, each as printable text; empty when all is well.
  public private(set) var foreign: [String] = []
  private let bytes: [UInt8]
  private var position = 0

  /// Audits everything that was sent.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    while let byte = peek {
      switch byte {
      case 0x1b: escape()
      case 0x08, 0x09, 0x0a, 0x0d, 0x18: position += 1
      default: character()
      }
    }
  }

  /// Audits output that is not meant for a terminal's drawing: plain lines and nothing else.
  public static func foreignInPlainText(_ bytes: [UInt8]) -> [String] {
    var audit = TerminalAudit([])
    for (start, byte) in zip(0..., bytes) where byte < 0x20 && byte != 0x0a {
      audit.foreign.append("control \(byte) at \(start)")
    }
    return audit.foreign + TerminalAudit(bytes.filter { $0 >= 0x20 }).foreign
  }

  /// Finals of control sequences that draw, move or ask; ncurses' and ours.
  private static let finals = Set("mHfABCDGdJKXbrLMP@n".utf8)
  /// Modes that are set and reset: cursor keys, wrap, blink, cursor, alternate screen, mouse, focus,
  /// paste, synchronized output.
  private static let modes = Set([
    "?1", "?7", "?12", "?25", "?1049", "?1000", "?1002", "?1003", "?1004", "?1006", "?2004",
    "?2026", "4",
  ])
  /// Whole sequences, without ESC and [, that ask the terminal something or keep its title.
  private static let questions = Set([
    "c", ">c", ">q", ">0q", "5n", "6n", "14t", "16t", "18t", "22;0;0t", "23;0;0t", "22;0t", "23;0t",
    "22;2t", "23;2t", "?2026$p",
  ])
  /// What follows ESC in sequences of two or three bytes.
  private static let short = Set(["7", "8", "=", ">", "M", "(B", "(0", ")B", ")0", "\\"])

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(while condition: (UInt8) -> Bool) -> String {
    let start = position
    while let byte = peek, condition(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func escape() {
    position += 1
    switch peek {
    case UInt8(ascii: "["): controlSequence()
    case UInt8(ascii: "]"): controlString { $0.hasPrefix("0;") || $0.hasPrefix("2;") }
    case UInt8(ascii: "P"):
      controlString { $0.hasPrefix("$q") || $0.hasPrefix("+q") }
    default:
      var words = take { 0x20...0x2f ~= $0 }
      if let final = peek {
        words.unicodeScalars.append(Unicode.Scalar(final))
        position += 1
      }
      if !Self.short.contains(words) { report("ESC " + words) }
    }
  }

  private mutating func controlSequence() {
    position += 1
    let parameters = take { 0x30...0x3f ~= $0 } + take { 0x20...0x2f ~= $0 }
    // CAN ends a sequence in the middle, as the program does when it leaves while drawing.
    if peek == 0x18 { return }
    guard let final = peek, 0x40...0x7e ~= final else { return report("broken CSI " + parameters) }
    position += 1
    let whole = parameters + String(Unicode.Scalar(final))
    let isPlain = parameters.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x3b }
    let isMode = final == UInt8(ascii: "h") || final == UInt8(ascii: "l")
    if isMode ? modesAllowed(parameters) : isPlain && Self.finals.contains(final) { return }
    if !Self.questions.contains(whole) { report("CSI " + whole) }
  }

  private func modesAllowed(_ parameters: String) -> Bool {
    let prefix = parameters.hasPrefix("?") ? "?" : ""
    return parameters.dropFirst(prefix.count).split(separator: ";")
      .allSatisfy { Self.modes.contains(prefix + $0) }
  }

  private mutating func controlString(_ isAllowed: (String) -> Bool) {
    position += 1
    let text = take { $0 >= 0x20 && $0 != 0x7f }
    if !isAllowed(text) || !text.unicodeScalars.allSatisfy(Self.isHarmless) {
      report("string " + text)
    }
    if peek == 0x07 {
      position += 1
    } else if peek == 0x1b, position + 1 < bytes.count, bytes[position + 1] == 0x5c {
      position += 2
    } else {
      report("string without end " + text)
    }
  }

  private mutating func character() {
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes[position...].makeIterator()
    switch parser.parseScalar(from: &input) {
    case .valid(let encoded):
      position += encoded.count
      let scalar = Unicode.UTF8.decode(encoded)
      if !Self.isHarmless(scalar) { report("U+" + String(scalar.value, radix: 16)) }
    case .error(let length):
      report("byte \(bytes[position])")
      position += max(length, 1)
    case .emptyInput: position += 1
    }
  }

  /// False for what controls, reorders or hides.
  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0xad, 0x61c, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f,
      0xfeff, 0xfff9...0xfffb, 0xe0000...0xe007f:
      false
    default: true
    }
  }

  private mutating func report(_ what: String) {
    foreign.append("\(what.debugDescription) before byte \(position)")
  }
}
