import BlitzModel

extension ImagePatch {
  /// The image cell as text for terminals without block characters: lines drawn over it are reversed.
  func cell(row: Int, column: Int) -> Cell {
    let isLine = isLine(row - area.row, column - area.column)
    return Cell(character(row: row, column: column), TextStyle(isLine ? .reverse : []))
  }

  /// The image cell as a character, dark to bright; of a line drawn over it the way it runs.
  func character(row: Int, column: Int) -> Unicode.Scalar {
    let y = row - area.row
    if isLine(y, column - area.column) { return stroke(y, column - area.column) }
    let x = (column - area.column) * shape.pixelColumns
    var sum: Int32 = 0
    for i in 0..<shape.pixelColumns {
      sum += RGB(pixels[2 * y * pixelColumns + x + i]).luma
      sum += RGB(pixels[(2 * y + 1) * pixelColumns + x + i]).luma
    }
    let mean = UInt32(sum) / UInt32(2 * shape.pixelColumns)
    let gray = mean << 16 | mean << 8 | mean
    return Self.ramp[
      Int(PaletteMapping(depth: .ascii).index(of: gray, row: y, column: column - area.column))]
  }

  /// True where a cell of the patch, counted from its top left, has a pixel of an outline or crosshair.
  private func isLine(_ row: Int, _ column: Int) -> Bool {
    guard 0..<area.rows ~= row, 0..<area.columns ~= column else { return false }
    let first = 2 * row * pixelColumns + column * shape.pixelColumns
    for i in first..<first + shape.pixelColumns
    where (pixels[i] | pixels[i + pixelColumns]) & Self.line == Self.line {
      return true
    }
    return false
  }

  private func stroke(_ row: Int, _ column: Int) -> Unicode.Scalar {
    let runsAcross = isLine(row, column - 1) || isLine(row, column + 1)
    let runsDown = isLine(row - 1, column) || isLine(row + 1, column)
    return runsAcross == runsDown ? "+" : runsAcross ? "-" : "|"
  }

  private static let ramp: [Unicode.Scalar] = Array(" .:-=+*#%@".unicodeScalars)
}

extension Unicode.Scalar {
  /// What to show for the character where only ASCII can be shown.
  var asciiStandIn: Unicode.Scalar {
    switch value {
    case 0x00A0: " "
    case 0x2500, 0x2501, 0x2013, 0x2014, 0x2212: "-"
    case 0x2502, 0x2503: "|"
    case 0x2504...0x257F: "+"
    case 0x2580...0x2590, 0x2594...0x259F, 0x25A0: "#"
    case 0x2591...0x2593: ":"
    case 0x2800: " "
    case 0x2801...0x28FF: "."
    case 0x2026: "~"
    case 0x25B2, 0x2191: "^"
    case 0x25BC, 0x2193: "v"
    case 0x25B6, 0x25B8, 0x25BA, 0x2192: ">"
    case 0x25C0, 0x25C2, 0x25C4, 0x2190: "<"
    case 0x00B1: "+"
    case 0x00D7: "x"
    case 0x00B5: "u"
    case 0x00B7, 0x2022: "."
    default: columns == 0 ? " " : "?"
    }
  }
}
