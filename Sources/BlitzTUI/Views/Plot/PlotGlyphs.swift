/// The characters that plots are made of.
public enum PlotGlyphs: Equatable, Sendable {
  /// Two by four dots a cell.
  case braille
  /// Two by two quarters a cell, for fonts without braille.
  case blocks
  /// The height within the cell only.
  case ascii

  /// What a terminal of a colour depth is sure to have.
  public init(_ depth: ColorDepth) { self = depth == .ascii ? .ascii : .braille }

  /// The character that comes nearest to the dots; `dots` are bits as braille numbers them.
  func scalar(_ dots: UInt8) -> Unicode.Scalar {
    switch self {
    case .braille: Unicode.Scalar(0x2800 + UInt32(dots)) ?? " "
    case .blocks: Self.quarters[Self.index(dots, [0x03, 0x18, 0x44, 0xA0])]
    case .ascii: Self.heights[Self.index(dots, [0x09, 0x12, 0x24, 0xC0])]
    }
  }

  /// One bit for each mask that meets the dots.
  private static func index(_ dots: UInt8, _ masks: InlineArray<4, UInt8>) -> Int {
    var index = 0
    for i in masks.indices where dots & masks[i] != 0 { index |= 1 << i }
    return index
  }

  /// By which of top left, top right, bottom left, bottom right are set.
  private static let quarters: [Unicode.Scalar] = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█".unicodeScalars)
  /// By which of the four dot rows are set, the top one first.
  private static let heights: [Unicode.Scalar] = Array(" '-'-:-|.::|.|||".unicodeScalars)
}
