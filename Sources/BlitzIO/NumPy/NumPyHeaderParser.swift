/// Reads the one shape of Python dictionary that a `.npy` header may be.
///
/// `{'descr': STRING, 'fortran_order': True|False, 'shape': (INT, ...)}`, in any order, with either
/// quote, blanks anywhere, an optional last comma, and the `L` that Python 2 put behind integers.
/// It never recurses and never looks past its end.
struct NumPyHeaderParser {
  /// How an element is described.
  enum Element: Equatable {
    /// A type string.
    case simple(String)
    /// A list or tuple of fields; its content is not read.
    case structured
  }

  /// The dictionary's three values.
  struct Entries {
    var element: Element
    var isFortranOrder: Bool
    var extents: [Int]
  }

  /// The byte that is looked at; after a refusal, roughly where it stopped making sense.
  private(set) var position: Int
  private let end: Int
  private let bytes: [UInt8]

  /// A parser of the text at `range`.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    (position, end, self.bytes) = (range.lowerBound, range.upperBound, bytes)
  }

  /// The three values; nil when the text is anything but such a dictionary.
  mutating func entries() -> Entries? {
    var element: Element?
    var isFortranOrder: Bool?
    var extents: [Int]?
    guard accept("{") else { return nil }
    while !accept("}") {
      guard let key = string(), accept(":") else { return nil }
      switch key {
      case "descr" where element == nil:
        element = self.element()
        // What follows a list of fields is of no interest: such a file is refused.
        if element == .structured {
          return Entries(element: .structured, isFortranOrder: false, extents: [])
        }
        if element == nil { return nil }
      case "fortran_order" where isFortranOrder == nil:
        isFortranOrder = boolean()
        if isFortranOrder == nil { return nil }
      case "shape" where extents == nil:
        extents = tuple()
        if extents == nil { return nil }
      default: return nil
      }
      if !accept(",") && peek() != UInt8(ascii: "}") { return nil }
    }
    guard let element, let isFortranOrder, let extents, peek() == nil else { return nil }
    return Entries(element: element, isFortranOrder: isFortranOrder, extents: extents)
  }

  private mutating func element() -> Element? {
    let first = peek()
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "(") { return .structured }
    return string().map { .simple($0) }
  }

  private mutating func boolean() -> Bool? {
    if accept("True") { return true }
    return accept("False") ? false : nil
  }

  /// A tuple of natural numbers; a single one needs its comma, as in Python.
  private mutating func tuple() -> [Int]? {
    guard accept("(") else { return nil }
    var values: [Int] = []
    var hasComma = true
    while !accept(")") {
      guard hasComma, let value = number() else { return nil }
      values.append(value)
      hasComma = accept(",")
      if !hasComma && values.count == 1 { return nil }
    }
    return values
  }

  /// Digits without a leading zero, as Python wants them; nil beyond `Int`.
  private mutating func number() -> Int? {
    guard let first = peek() else { return nil }
    var value = 0
    var digits = 0
    while position < end, case let digit = bytes[position] &- 48, digit < 10 {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = scaled.addingReportingOverflow(Int(digit))
      if overflow || carry { return nil }
      (value, digits, position) = (sum, digits + 1, position + 1)
    }
    if digits == 0 || (digits > 1 && first == 48 && value != 0) { return nil }
    if position < end, bytes[position] == UInt8(ascii: "L") { position += 1 }
    return value
  }

  /// A quoted string of printable ASCII without escapes: all that a key or a type can be.
  private mutating func string() -> String? {
    guard let quote = peek(), quote == 39 || quote == 34 else { return nil }
    var text = ""
    position += 1
    while position < end, bytes[position] != quote {
      guard 0x20..<0x7f ~= bytes[position], bytes[position] != 0x5c else { return nil }
      text.unicodeScalars.append(Unicode.Scalar(bytes[position]))
      position += 1
    }
    guard position < end else { return nil }
    position += 1
    return text
  }

  /// Skips blanks and, when `word` follows, the word.
  private mutating func accept(_ word: StaticString) -> Bool {
    _ = peek()
    let length = word.utf8CodeUnitCount
    guard length <= end - position else { return false }
    let matches = word.withUTF8Buffer { letters in
      (0..<length).allSatisfy { unsafe letters[$0] == bytes[position + $0] }
    }
    if matches { position += length }
    return matches
  }

  /// The next byte that is not blank, without taking it; nil at the end.
  private mutating func peek() -> UInt8? {
    while position < end, [9, 10, 12, 13, 32].contains(bytes[position]) { position += 1 }
    return position < end ? bytes[position] : nil
  }
}
