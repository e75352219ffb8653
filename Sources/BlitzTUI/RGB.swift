/// Three channels of 0...255, with room for what dithering adds.
struct RGB: Equatable {
  var red, green, blue: Int32

  init(_ red: Int32, _ green: Int32, _ blue: Int32) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// From `0xRRGGBB`.
  init(_ packed: UInt32) {
    self.init(
      Int32(packed >> 16 & 255), Int32(packed >> 8 & 255), Int32(packed & 255))
  }

  /// `0xRRGGBB`.
  var packed: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  /// Rec. 601 luma, 0...255.
  var luma: Int32 { (77 * red + 150 * green + 29 * blue) >> 8 }

  /// True when the channels hardly differ.
  var isGray: Bool { max(red, green, blue) - min(red, green, blue) < 12 }

  /// Every channel moved and kept within 0...255.
  func shifted(by offset: Int32) -> RGB {
    RGB(
      min(max(red + offset, 0), 255), min(max(green + offset, 0), 255),
      min(max(blue + offset, 0), 255))
  }

  /// Squared distance, green heaviest.
  func distance(to other: RGB) -> Int32 {
    let r = red - other.red
    let g = green - other.green
    let b = blue - other.blue
    return 3 * r * r + 6 * g * g + b * b
  }
}
