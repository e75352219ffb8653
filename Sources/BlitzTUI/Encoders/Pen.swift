/// The two colours that are set, as numbers of `CellGroups`.
struct Pen {
  private(set) var foreground = CellGroups.none
  private(set) var background = CellGroups.none

  /// Learns what drawing a cell of a group of two colours, the lower one first, has set.
  @inline(__always)
  mutating func drew(_ cell: ImageCell, of colors: (Int32, Int32), by encoder: CellEncoder) {
    let isLowInFront = encoder.foreground == min(cell.first, cell.second)
    if colors.0 != colors.1 {
      (foreground, background) = isLowInFront ? colors : (colors.1, colors.0)
    } else if encoder.background == cell.first {
      background = colors.0
    }
  }

  /// How many of two colours are set.
  func shared(_ colors: (Int32, Int32)) -> Int {
    (colors.0 == foreground || colors.0 == background ? 1 : 0)
      + (colors.1 == foreground || colors.1 == background ? 1 : 0)
  }
}
