import ArgumentParser
import BlitzModel
import BlitzTUI

/// The options of how the terminal is used.
struct ScreenFlags: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Colours of the terminal: auto, rgb, 256, 16, mono or ascii.",
    transform: { text in
      if text == "auto" { return nil }
      let depth: ColorDepth = try choice(text)
      return depth
    })
  var colors: ColorDepth?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Height of a cell over its width, 0.5 to 5.", valueName: "R"),
    transform: {
      try value($0, "a number from 0.5 to 5") { Double($0).flatMap { 0.5...5 ~= $0 ? $0 : nil } }
    })
  var cellAspect: Double?

  @Option(
    parsing: .unconditional,
    help: "Pixels in a cell: half (two, exact) or quadrant (four in two colours).",
    transform: choice)
  var cells = CellShape.half

  /// The options as the terminal takes them.
  var options: TerminalOptions { TerminalOptions(colors: colors, cellAspect: cellAspect) }
}
