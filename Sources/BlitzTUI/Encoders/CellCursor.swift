/// Moves the cursor from cell to cell in few bytes.
///
/// Of a step down, up, right or left and naming the place, whichever is shorter; up to four steps left are
/// backspaces. Only what every terminal knows: no tabs, which may have been set elsewhere, and no
/// line feed alone, which some turn into two characters.
struct CellCursor {
  /// Where it stands; negative while not known.
  private(set) var row = -1
  private(set) var column = -1
  private let screenColumns: Int
  private let numbers = Self.numberTable

  /// A cursor that may stand anywhere.
  init(screenColumns: Int) { self.screenColumns = screenColumns }

  /// Notes that a character of one column was written.
  ///
  /// Behind the last column it waits to wrap: the row is still this one.
  mutating func advance() { column += 1 }

  /// Appends what moves it to a cell; nothing when it stands there.
  @inline(__always)
  mutating func move(
    toRow row: Int, column: Int, _ out: inout MutableRawSpan, at i: inout Int
  ) {
    let (down, right) = (row - self.row, column - self.column)
    guard down | right != 0 else { return }
    // Behind the last column terminals differ in where a step starts from.
    let canStep = self.row >= 0 && self.column < screenColumns
    if down == 1 && column == 0 && self.row >= 0 {
      out.storeBytes(of: 0x0A0D, toByteOffset: i, as: UInt16.self)  // CR LF
      i += 2
    } else if canStep && (down == 0 || isShorter(down, right, toRow: row, column: column)) {
      if down != 0 { step(abs(down), down > 0 ? "B" : "A", &out, &i) }
      if right > 0 {
        step(right, "C", &out, &i)
      } else if right < 0 {
        stepLeft(-right, &out, &i)
      }
    } else {
      append(place: row, column, &out, &i)
    }
    (self.row, self.column) = (row, column)
  }

  /// True when steps are shorter than naming the place.
  @inline(__always)
  private func isShorter(_ down: Int, _ right: Int, toRow row: Int, column: Int) -> Bool {
    let vertical = stepLength(abs(down))
    let isBack = right <= 0 && right >= -Self.backspaces
    let horizontal = isBack ? -right : stepLength(abs(right))
    return vertical + horizontal < 4 + digits(row + 1) + digits(column + 1)
  }

  private func stepLength(_ distance: Int) -> Int { distance == 1 ? 3 : 3 + digits(distance) }

  @inline(__always)
  private func digits(_ number: Int) -> Int {
    number < numbers.count ? Int(numbers[number] >> 24) : 5
  }

  @inline(__always)
  private func append(
    place row: Int, _ column: Int, _ out: inout MutableRawSpan, _ i: inout Int
  ) {
    begin(&out, &i)
    append(decimal: row + 1, &out, &i)
    if column > 0 {
      append(UInt8(ascii: ";"), &out, &i)
      append(decimal: column + 1, &out, &i)
    }
    append(UInt8(ascii: "H"), &out, &i)
  }

  @inline(__always)
  private func step(
    _ distance: Int, _ letter: Unicode.Scalar, _ out: inout MutableRawSpan, _ i: inout Int
  ) {
    begin(&out, &i)
    if distance > 1 { append(decimal: distance, &out, &i) }
    append(UInt8(truncatingIfNeeded: letter.value), &out, &i)
  }

  private func stepLeft(_ distance: Int, _ out: inout MutableRawSpan, _ i: inout Int) {
    guard distance <= Self.backspaces else { return step(distance, "D", &out, &i) }
    for _ in 0..<distance { append(0x08, &out, &i) }
  }

  @inline(__always)
  private func begin(_ out: inout MutableRawSpan, _ i: inout Int) {
    out.storeBytes(of: 0x5B1B, toByteOffset: i, as: UInt16.self)  // ESC [
    i += 2
  }

  @inline(__always)
  private func append(_ byte: UInt8, _ out: inout MutableRawSpan, _ i: inout Int) {
    out.storeBytes(of: byte, toByteOffset: i, as: UInt8.self)
    i += 1
  }

  @inline(__always)
  private func append(decimal number: Int, _ out: inout MutableRawSpan, _ i: inout Int) {
    guard number < numbers.count else {
      for byte in String(number).utf8 { append(byte, &out, &i) }
      return
    }
    let digits = numbers[number]
    out.storeBytes(of: digits, toByteOffset: i, as: UInt32.self)
    i += Int(digits >> 24)
  }

  /// So many steps left are shortest as backspaces.
  private static let backspaces = 4

  /// 0...999 in digits, first digit lowest; the highest byte is their number.
  private static let numberTable: [UInt32] = (0..<1000).map { value in
    let digits = Array("\(value)".utf8)
    let packed = digits.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return packed | UInt32(digits.count) << 24
  }
}
