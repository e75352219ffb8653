/// Spells image cells for the terminal in few bytes.
///
/// Greedy, one cell after the other: each is drawn with the block character, or its complement with the
/// colours exchanged, that needs fewer colour changes given the two colours already set. An even
/// cell is a space in the background colour or a full block in the foreground's. Both colours go in
/// one sequence.
struct CellEncoder {
  /// Bytes that one cell can need at most: move, two colours, autowrap off and on, character.
  static let maximumBytes = 64

  /// How colours are spelt.
  let depth: ColorDepth
  /// The colours that are set, `UInt32.max` while not known.
  private(set) var foreground = Self.unset
  private(set) var background = Self.unset
  private let decimals = Self.decimalTable

  private static let unset = UInt32.max

  init(depth: ColorDepth) { self.depth = depth }

  /// Forgets which colours are set; call when a style reset was sent.
  mutating func beginBurst() {
    // Without colour, 1 is the terminal's own foreground and 0 its background, set by the reset.
    foreground = depth == .mono ? 1 : Self.unset
    background = depth == .mono ? 0 : Self.unset
  }

  /// Draws a cell where the cursor stands.
  ///
  /// - Parameter next: The cell to come, which decides between two ways that cost the same.
  @inline(__always)
  mutating func append(
    _ cell: ImageCell, next: ImageCell, to out: inout MutableRawSpan, at i: inout Int
  ) {
    let first = cell.first
    let second = cell.second
    var glyph = cell.quarters
    if first == second {
      glyph = first != background && first == foreground ? 0b1111 : 0
      if glyph == 0 { setColors(foreground, first, &out, &i) }
    } else if isSwappedCheaper(first, second, next) {
      glyph ^= 0b1111
      setColors(second, first, &out, &i)
    } else {
      setColors(first, second, &out, &i)
    }
    appendGlyph(glyph, &out, &i)
  }

  @inline(__always)
  private func isSwappedCheaper(_ first: UInt32, _ second: UInt32, _ next: ImageCell) -> Bool {
    let direct = (first == foreground ? 0 : 1) + (second == background ? 0 : 1)
    let swapped = (second == foreground ? 0 : 1) + (first == background ? 0 : 1)
    if direct != swapped { return swapped < direct }
    if direct == 1 {
      // Each way replaces one of the two: replace the one that is shorter to spell.
      let newDirect = first == foreground ? second : first
      let newSwapped = second == foreground ? first : second
      let difference = digits(newSwapped) - digits(newDirect)
      if difference != 0 { return difference < 0 }
    }
    // An even cell costs least in the background colour.
    return next.first == next.second && next.first == first
  }

  @inline(__always)
  private func digits(_ color: UInt32) -> Int {
    guard depth == .rgb else { return color < 10 ? 1 : color < 100 ? 2 : 3 }
    return length(color >> 16) + length(color >> 8 & 255) + length(color & 255)
  }

  /// Digits and the separator.
  @inline(__always)
  private func length(_ value: UInt32) -> Int { 2 + (value > 9 ? 1 : 0) + (value > 99 ? 1 : 0) }

  @inline(__always)
  private mutating func setColors(
    _ newForeground: UInt32, _ newBackground: UInt32, _ out: inout MutableRawSpan, _ i: inout Int
  ) {
    guard newForeground != foreground || newBackground != background else { return }
    out.storeBytes(of: 0x5B1B, toByteOffset: i, as: UInt16.self)  // ESC [
    i += 2
    if newForeground != foreground { appendColor(newForeground, 3, &out, &i) }
    if newBackground != background { appendColor(newBackground, 4, &out, &i) }
    out.storeBytes(of: UInt8(ascii: "m"), toByteOffset: i - 1, as: UInt8.self)
    foreground = newForeground
    background = newBackground
  }

  /// One colour with a separator behind it; `kind` is the tens digit, 3 or 4.
  @inline(__always)
  private func appendColor(
    _ color: UInt32, _ kind: UInt8, _ out: inout MutableRawSpan, _ i: inout Int
  ) {
    if depth == .palette16 {
      appendNumber(
        color < 8 ? UInt32(kind) * 10 + color : UInt32(kind + 6) * 10 + color - 8, &out, &i)
      return
    }
    // "38;2;" or "38;5;"
    let isDirect = depth == .rgb
    let prefix: UInt64 = isDirect ? 0x3B_323B_3830 : 0x3B_353B_3830
    out.storeBytes(of: prefix | UInt64(kind), toByteOffset: i, as: UInt64.self)
    i += 5
    if isDirect {
      appendNumber(color >> 16, &out, &i)
      appendNumber(color >> 8 & 255, &out, &i)
    }
    appendNumber(color & 255, &out, &i)
  }

  @inline(__always)
  private func appendNumber(_ value: UInt32, _ out: inout MutableRawSpan, _ i: inout Int) {
    out.storeBytes(of: decimals[Int(value)], toByteOffset: i, as: UInt32.self)
    i += length(value)
  }

  @inline(__always)
  private func appendGlyph(_ quarters: Int, _ out: inout MutableRawSpan, _ i: inout Int) {
    let glyph = Self.glyphs[quarters]
    out.storeBytes(of: glyph, toByteOffset: i, as: UInt32.self)
    i += glyph == 0x20 ? 1 : 3
  }

  /// 0...255 in digits with a semicolon behind, first digit lowest.
  private static let decimalTable: [UInt32] = (0..<256).map { value in
    "\(value);".utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// UTF-8 of the block character for each set of quarters, first byte lowest.
  private static let glyphs: [16 of UInt32] = [
    0x20, 0x9896E2, 0x9D96E2, 0x8096E2, 0x9696E2, 0x8C96E2, 0x9E96E2, 0x9B96E2,
    0x9796E2, 0x9A96E2, 0x9096E2, 0x9C96E2, 0x8496E2, 0x9996E2, 0x9F96E2, 0x8896E2,
  ]
}
