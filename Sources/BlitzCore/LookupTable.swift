/// 256 colours that stand for the levels from darkest to brightest (a LUT).
public struct LookupTable: Equatable, Sendable {
  /// The name by which `--colormap` and `:colormap` know it.
  public let name: String
  /// 256 colours, `0xRRGGBB`.
  public let colors: [UInt32]
  /// True for a map with a neutral middle: levels are centred on 0 when they straddle it.
  public let isDiverging: Bool

  /// The gray ramp.
  init(name: String, gray: Void) {
    (self.name, isDiverging) = (name, false)
    colors = (0..<256).map { UInt32($0) * 0x010101 }
  }

  /// 256 colours written as `RRGGBB` one after the other; digits that are missing read as 0.
  init(name: String, isDiverging: Bool = false, hex: String) {
    (self.name, self.isDiverging) = (name, isDiverging)
    let digits = hex.utf8.map { UInt32(Character(Unicode.Scalar($0)).hexDigitValue ?? 0) }
    colors = (0..<256).map { entry in
      digits.dropFirst(entry * 6).prefix(6).reduce(0) { $0 << 4 | $1 }
    }
  }

  /// The same colours from the other end.
  public var inverted: LookupTable { LookupTable(name, Array(colors.reversed()), isDiverging) }

  private init(_ name: String, _ colors: [UInt32], _ isDiverging: Bool) {
    (self.name, self.colors, self.isDiverging) = (name, colors, isDiverging)
  }
}
