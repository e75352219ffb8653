import ArgumentParser
import BlitzCore
import BlitzModel

/// The options of how a frame is shown, the same for the viewer and `blitz frame`.
struct ViewFlags: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("auto, p0, p1, p2, or darkest and brightest value.", valueName: "LO,HI"),
    transform: { try value($0, "auto, p0, p1, p2 or LO,HI", read: LevelChoice.init(parsing:)) })
  var levels: LevelChoice?

  @Option(
    parsing: .unconditional,
    help: "Colour map: \(LookupTable.builtin.map(\.name).joined(separator: ", ")).",
    transform: { text in
      try value(text, "the name of a colour map") { name in
        LookupTable.builtin.firstIndex { $0.name == name }
      }
    })
  var colormap: Int?

  @Option(
    parsing: .unconditional, help: "Pooling of pixels: area, max or nearest.", transform: choice)
  var pooling = Display.Pooling.area

  /// The options as the viewer's first state takes them.
  var display: Display {
    switch levels ?? .trimmed(1) {
    case .trimmed(let percent): Display(trim: percent, colorMap: colormap ?? 0, pooling: pooling)
    case .window(let window): Display(levels: window, colorMap: colormap ?? 0, pooling: pooling)
    }
  }

  /// True when values are to be shown as colours rather than written as they are.
  var asksForColors: Bool { levels != nil || colormap != nil }
}
