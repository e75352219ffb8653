/// The order people expect of numbered files: `shot 9` before `shot 10`.
///
/// Digit runs of any length compare as numbers, everything else byte by byte; names that are equal
/// so far (`a01`, `a1`) compare as plain bytes. Hence total, and the same on every machine.
enum NaturalOrder {
  /// Appends bytes whose plain order is the natural order of names, leading zeros aside.
  ///
  /// A digit run becomes `0`, its number of digits and the digits, without leading zeros: a longer
  /// number is greater, and against other bytes it stands where a digit would.
  static func appendKey(of name: ArraySlice<UInt8>, to key: inout [UInt8]) {
    var rest = name
    while let byte = rest.first {
      guard isDigit(byte) else {
        key.append(byte)
        rest = rest.dropFirst()
        continue
      }
      let run = rest.prefix(while: isDigit)
      let digits = run.drop { $0 == 0x30 }
      key.append(0x30)
      appendLength(digits.count, to: &key)
      key += digits
      rest = rest[run.endIndex...]
    }
  }

  /// True when `a` comes before `b`.
  static func precedes(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
    var (first, second): ([UInt8], [UInt8]) = ([], [])
    appendKey(of: a, to: &first)
    appendKey(of: b, to: &second)
    return first == second
      ? a.lexicographicallyPrecedes(b) : first.lexicographicallyPrecedes(second)
  }

  /// One byte below 255, else 255 and eight bytes, most significant first.
  private static func appendLength(_ length: Int, to key: inout [UInt8]) {
    if length < 255 { return key.append(UInt8(length)) }
    key.append(255)
    for shift in stride(from: 56, through: 0, by: -8) {
      key.append(UInt8(truncatingIfNeeded: length >> shift))
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
}
