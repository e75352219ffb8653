import BlitzCore
import BlitzKernels
import BlitzModel

/// The colours that evenly spaced values have, as text cells of two halves; keeps its memory.
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

  /// The cell of two halves: `glyph` covers the first; a character by brightness where colours would not
  /// show.
  func cell(_ first: Int, _ second: Int, glyph: Unicode.Scalar, depth: ColorDepth) -> Cell {
    let (a, b) = (RGB(colors[Int(indices[first])]), RGB(colors[Int(indices[second])]))
    switch depth {
    case .rgb, .palette256:
      return Cell(
        glyph,
        TextStyle(
          foreground: UInt8(PaletteMapping.cube(a)), background: UInt8(PaletteMapping.cube(b))))
    case .palette16, .mono: return Cell(Self.shades[Int(a.luma) * 5 / 256])
    case .ascii: return Cell(Self.characters[Int(a.luma) * 10 / 256])
    }
  }

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
