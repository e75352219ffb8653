import BlitzCore
import BlitzKernels
import BlitzModel

/// The colours that evenly spaced values have, two for each cell: pixels where the terminal has the
/// image's colours, characters where it has too few. Keeps its memory.
struct ColorScale {
  private var samples: [Float] = []
  private var indices: [UInt8] = []
  private var colors: [UInt32] = []

  /// Takes the colours of `halves` values from one end of a window to the other, each in the middle of
  /// its share.
  mutating func take(
    _ colors: [UInt32], levels: LevelWindow, transfer: Display.Transfer,
    from window: LevelWindow, halves: Int
  ) {
    self.colors = colors
    samples.removeAll(keepingCapacity: true)
    for half in 0..<halves {
      samples.append(Float(window.value(at: (Double(half) + 0.5) / Double(halves))))
    }
    if indices.count != halves { indices = [UInt8](repeating: 0, count: halves) }
    let mapping = LevelMapping(levels, transfer: transfer.kernel)
    let source = samples
    var target = indices.mutableSpan
    mapping.map(source.span, into: &target)
  }

  /// The colour of a half, `0xRRGGBB`.
  func color(_ half: Int) -> UInt32 { colors[Int(indices[half])] }

  /// A character as bright as a half, for where its colour would not show.
  func cell(_ half: Int, depth: ColorDepth) -> Cell {
    let luma = RGB(color(half)).luma
    return depth == .ascii
      ? Cell(Self.characters[Int(luma) * 10 / 256]) : Cell(Self.shades[Int(luma) * 5 / 256])
  }

  /// True where the colours can be drawn as pixels.
  static func hasPixels(_ depth: ColorDepth) -> Bool { depth == .rgb || depth == .palette256 }

  private static let shades: [Unicode.Scalar] = Array(" ░▒▓█".unicodeScalars)
  private static let characters: [Unicode.Scalar] = Array(" .:-=+*#%@".unicodeScalars)
}

extension LevelWindow {
  /// The value at a share of the way from the darkest to the brightest; halved meanwhile, so that the
  /// widest window does not overflow.
  func value(at share: Double) -> Double {
    darkest + (brightest / 2 - darkest / 2) * share * 2
  }
}
