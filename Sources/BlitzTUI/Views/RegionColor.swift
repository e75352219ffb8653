/// The colours of regions and their traces, in the order in which regions get them.
///
/// After the palette of Okabe and Ito (2008), brought to the xterm cube: they differ for all common
/// kinds of colour blindness. Names beside them tell regions apart where there are no colours.
public enum RegionColor {
  /// Cube indices: orange, sky blue, green, yellow, purple, vermilion, blue.
  static let indices: [UInt8] = [214, 74, 36, 227, 175, 166, 32]

  /// The cube index for the region at a place in the list; colours come round again after seven.
  public static func index(_ place: Int) -> UInt8 { indices[max(place, 0) % indices.count] }

  /// The same colours among the sixteen named ones, where the nearest would be cyan for three of them:
  /// yellow, cyan, green, bright yellow, magenta, red, blue.
  static let named: [UInt32] = [3, 6, 2, 11, 5, 1, 4]

  /// The named colour for the packed one of a region's pixel; nil for any other colour.
  static func named(_ color: UInt32) -> UInt32? {
    for i in packed.indices where packed[i] == color { return named[i] }
    return nil
  }

  private static let packed = indices.map { pixel($0) & 0xFF_FFFF }

  /// A pixel of an outline in a cube colour.
  static func pixel(_ index: UInt8) -> UInt32 {
    let color = PaletteMapping.color(ofIndex: Int(index))
    let packed = UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
    return packed | ImagePatch.line
  }
}
