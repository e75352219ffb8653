/// Brings 24-bit colours to what a terminal of fewer colours can show.
///
/// Ordered dither with one fixed 8x8 matrix (Bayer 1973): a pixel whose value stays keeps its look, so
/// that a still scene costs no bytes, which error diffusion would not give.
struct PaletteMapping {
  /// Where the pixels go.
  let depth: ColorDepth
  /// False for the nearest colour, which needs fewer bytes.
  var isDithered = true

  /// Thresholds -31...32, mean 0.5, row-major.
  static let bayer: [Int32] = (0..<64).map { place in
    let x = place % 8
    let y = place / 8
    var value = 0
    for bit in 0..<3 {
      let a = (x >> bit) & 1
      let b = (y >> bit) & 1
      value = value << 2 | ((a ^ b) << 1 | b)
    }
    return Int32(value) - 31
  }

  /// The terminal's number for a colour at a pixel; an overlay pixel is not dithered.
  func index(of pixel: UInt32, row: Int, column: Int) -> UInt32 {
    let plain = pixel & 0xFF_FFFF
    guard depth != .rgb else { return plain }
    let color = RGB(plain)
    guard pixel & ImagePatch.overlay == 0 else {
      return overlaid(color, isLine: pixel & ImagePatch.line == ImagePatch.line, row + column)
    }
    let threshold = isDithered ? Self.bayer[(row & 7) << 3 | (column & 7)] : 0
    return switch depth {
    case .rgb: plain
    case .palette256: Self.cube(color, threshold)
    case .palette16:
      color.isGray
        ? Self.namedGray(color.luma, threshold) : Self.named(color.shifted(by: threshold))
    case .mono: color.luma + threshold * 4 > 128 ? 1 : 0
    case .ascii: Self.step(color.luma, threshold)
    }
  }

  /// What is drawn over the data keeps its colour; without colours, lines that have one are dashed, so
  /// that they are seen on dark and on bright.
  private func overlaid(_ color: RGB, isLine: Bool, _ diagonal: Int) -> UInt32 {
    switch depth {
    case .rgb: color.packed
    case .palette256: Self.cube(color)
    case .palette16:
      RegionColor.named(color.packed) ?? Self.named(color, isText: isLine && !color.isGray)
    case .mono:
      isLine && !color.isGray
        ? UInt32(1 - diagonal / Self.dash & 1) : color.luma > 128 ? 1 : 0
    case .ascii: Self.step(color.luma)
    }
  }

  private static let dash = 3

  /// A place on the ramp of characters.
  private static func step(_ luma: Int32, _ threshold: Int32 = 0) -> UInt32 {
    UInt32(max(0, min(9, (luma * 9 + threshold * 4 + 128) / 255)))
  }

  /// One of the two of the named grays that a gray lies between, so often that their mean is its own.
  static func namedGray(_ luma: Int32, _ threshold: Int32) -> UInt32 {
    var (low, high) = (grays[0], grays[1])
    for gray in grays where gray.luma <= luma { low = gray }
    for gray in grays.reversed() where gray.luma > luma { high = gray }
    guard low.luma < high.luma else { return low.index }
    return (luma - low.luma) * 64 > (high.luma - low.luma) * (threshold + 31)
      ? high.index : low.index
  }

  /// The named colours without colour, darkest first.
  private static let grays: [(index: UInt32, luma: Int32)] = [
    (0, 0), (8, 127), (7, 229), (15, 255),
  ]

  /// The nearest colour of the cube or the grey ramp, 16...255.
  static func cube(_ color: RGB, _ threshold: Int32 = 0) -> UInt32 {
    let spread = color.isGray ? threshold / 6 : threshold / 2
    let wanted = color.shifted(by: spread)
    let step = (cubeStep(wanted.red), cubeStep(wanted.green), cubeStep(wanted.blue))
    let cube = RGB(cubeLevels[step.0], cubeLevels[step.1], cubeLevels[step.2])
    let gray = max(0, min(23, (wanted.luma - 3) / 10))
    let ramp = RGB(8 + 10 * Int32(gray), 8 + 10 * Int32(gray), 8 + 10 * Int32(gray))
    if ramp.distance(to: wanted) <= cube.distance(to: wanted) { return UInt32(232 + gray) }
    return UInt32(16 + 36 * step.0 + 6 * step.1 + step.2)
  }

  private static let cubeLevels: [Int32] = [0, 95, 135, 175, 215, 255]

  private static func cubeStep(_ value: Int32) -> Int {
    value < 48 ? 0 : value < 115 ? 1 : Int((value - 35) / 40)
  }

  /// The nearest of the sixteen named colours in xterm's default shades; text may ask for one that
  /// is neither black nor grey.
  static func named(_ color: RGB, isText: Bool = false) -> UInt32 {
    var best: (index: Int, distance: Int32) = (0, .max)
    for (index, candidate) in namedColors.enumerated() where !isText || index % 8 != 0 {
      let distance = candidate.distance(to: color)
      if distance < best.distance { best = (index, distance) }
    }
    return UInt32(best.index)
  }

  private static let namedColors: [RGB] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ].map { RGB($0) }

  /// The colour behind a cube or ramp index; base colours read as xterm's defaults.
  static func color(ofIndex index: Int) -> RGB {
    switch index {
    case ..<16: return namedColors[max(index, 0)]
    case 16..<232:
      let i = index - 16
      return RGB(cubeLevels[i / 36], cubeLevels[i / 6 % 6], cubeLevels[i % 6])
    default:
      let gray = Int32(8 + 10 * (min(index, 255) - 232))
      return RGB(gray, gray, gray)
    }
  }

  /// The number for a text colour, a cube index or 0; -1 is the terminal's own.
  func textColor(_ index: UInt8) -> Int32 {
    guard index >= 16 else { return -1 }
    return switch depth {
    case .rgb, .palette256: Int32(index)
    case .palette16:
      Int32(
        (RegionColor.named(Self.color(ofIndex: Int(index)).packed)
          ?? Self.named(Self.color(ofIndex: Int(index)), isText: true)) & 7)
    case .mono, .ascii: -1
    }
  }
}
