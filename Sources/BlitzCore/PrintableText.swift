/// Text that is safe to show: the one way a foreign string reaches a person.
///
/// Control characters (C0, DEL, C1), bidirectional controls, zero-width and other invisible format
/// characters, line and paragraph separators, private-use and unassigned scalars, and bytes that are
/// not UTF-8 become `\xNN`, one escape for each byte. What remains cannot move a cursor, change a
/// colour, reorder a line or hide.
public struct PrintableText: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The escaped text.
  public let text: String

  /// Escapes a string; what needs no escape passes unchanged, without a copy of a `String`. O(length).
  public init(_ string: some StringProtocol) {
    for scalar in string.unicodeScalars where !Self.isPrintable(scalar) {
      self.init(bytes: string.utf8)
      return
    }
    self.init(plain: String(string))
  }

  private init(plain text: String) { self.text = text }

  /// Escapes bytes of any origin, such as a file name; invalid UTF-8 is shown byte by byte.
  public init(bytes: some Sequence<UInt8>) {
    var text = ""
    var valid = UnicodeScalarDecoder(Array(bytes))
    while let next = valid.next() {
      if let scalar = next.scalar, Self.isPrintable(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        for byte in next.bytes { text += Self.escape(byte) }
      }
    }
    self.text = text
  }

  /// The escaped text.
  public var description: String { text }

  /// True for scalars that take up visible room or modify the one before them, and do nothing else.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return 0x20..<0x7f ~= scalar.value }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return false
    default:
      return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "\\x0" + digits : "\\x" + digits
  }
}

/// Splits bytes into UTF-8 scalars and single bytes that belong to none.
private struct UnicodeScalarDecoder {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next scalar with its bytes, or one invalid byte with no scalar; nil at the end.
  mutating func next() -> (scalar: Unicode.Scalar?, bytes: ArraySlice<UInt8>)? {
    guard position < bytes.count else { return nil }
    let length = Self.length(lead: bytes[position])
    let end = min(position + length, bytes.count)
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes[position..<end].makeIterator()
    if case .valid(let encoded) = parser.parseScalar(from: &input), encoded.count == length {
      defer { position = end }
      return (Unicode.UTF8.decode(encoded), bytes[position..<end])
    }
    defer { position += 1 }
    return (nil, bytes[position...position])
  }

  private static func length(lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
