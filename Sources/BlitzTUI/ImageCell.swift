/// What an image cell shows, in one word: two colours, and which quarters of the cell have the first.
///
/// Bits 0-23 and 24-47 are the colours as the terminal numbers them, bits 48-51 the quarters: top left,
/// top right, bottom left, bottom right; bits 52-54 say in which spelling. Of the two ways to say the
/// same `init` takes one, so that equal words look alike.
struct ImageCell: Equatable {
  let word: UInt64

  /// What the terminal shows is not known.
  static let unknown = ImageCell(.max)

  /// A word made before.
  init(_ word: UInt64) { self.word = word }

  /// Top and bottom half.
  @inline(__always)
  init(top: UInt32, bottom: UInt32, tag: UInt64) {
    word = UInt64(top) | UInt64(bottom) << 24 | 0b0011 << 48 | tag
  }

  /// A pattern; the top left quarter must have the first colour (bit 0 set).
  init(_ first: UInt32, _ second: UInt32, quarters: UInt64, tag: UInt64) {
    let pattern = first == second ? 0b1111 : quarters
    let other = pattern == 0b1111 ? first : second
    word = UInt64(first) | UInt64(other) << 24 | pattern << 48 | tag
  }

  /// Colour of the quarters whose bit is set.
  var first: UInt32 { UInt32(truncatingIfNeeded: word) & 0xFF_FFFF }
  /// Colour of the others.
  var second: UInt32 { UInt32(truncatingIfNeeded: word >> 24) & 0xFF_FFFF }
  /// The bits that say how colours are numbered.
  static func tag(_ depth: ColorDepth) -> UInt64 {
    let number: UInt64 =
      switch depth {
      case .rgb: 0
      case .palette256: 1
      case .palette16: 2
      case .mono, .ascii: 3
      }
    return number << 52
  }

  /// Which quarters have the first colour.
  var quarters: Int { Int(word >> 48 & 15) }
}
