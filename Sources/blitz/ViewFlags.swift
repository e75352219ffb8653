import ArgumentParser
import BlitzCore
import BlitzModel

/// The options of how a frame is shown, the same for the viewer and `blitz frame`.
struct ViewFlags: ParsableArguments {
  /// `auto`, `p1` and the like, or two values.
  enum Levels: Equatable {
    case trimmed(Double)
    case window(LevelWindow)
  }

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("auto, p0, p1, p2, or darkest and brightest value.", valueName: "LO,HI"),
    transform: { try value($0, "auto, p0, p1, p2 or LO,HI", read: Levels.init(text:)) })
  var levels: Levels?

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

extension ViewFlags.Levels {
  /// Reads the option's value.
  init?(text: String) {
    if text == "auto" {
      self = .trimmed(1)
    } else if text.first == "p", let percent = Double(text.dropFirst()), 0..<50 ~= percent {
      self = .trimmed(percent)
    } else {
      let ends = text.split(separator: ",", omittingEmptySubsequences: false)
      guard ends.count == 2, let low = Double(ends[0]), let high = Double(ends[1]),
        let window = LevelWindow(darkest: low, brightest: high)
      else { return nil }
      self = .window(window)
    }
  }
}
