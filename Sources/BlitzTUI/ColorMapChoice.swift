import BlitzCore
import BlitzModel

/// Which colours values are shown in.
struct ColorMapChoice: Equatable {
  /// Index into the built-in colour maps.
  let map: Int
  /// True when it runs backwards.
  let isInverted: Bool

  /// The 256 colours from darkest to brightest, `0xRRGGBB`.
  var colors: [UInt32] {
    let table = LookupTable.builtin[map]
    return (isInverted ? table.inverted : table).colors
  }
}

extension ViewerState {
  /// The colours in force; gray for a colour recording, each of whose channels runs from black to full.
  var shownMap: ColorMapChoice {
    recording.hasColors
      ? ColorMapChoice(map: 0, isInverted: false)
      : ColorMapChoice(map: display.colorMap, isInverted: display.isInverted)
  }
}
