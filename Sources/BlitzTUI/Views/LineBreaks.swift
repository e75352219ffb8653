import BlitzCore

extension PrintableText {
  /// Columns that it takes up.
  var width: Int { text.unicodeScalars.reduce(0) { $0 + $1.columns } }

  /// The text in at most `columns` columns, its middle left out where it is wider: names that begin
  /// alike often end in what tells them apart.
  func cut(to columns: Int) -> PrintableText {
    guard width > columns else { return self }
    guard columns > 0 else { return PrintableText("") }
    let scalars = text.unicodeScalars
    let head = Self.fitting(scalars, in: columns / 2)
    let tail = Self.fitting(scalars.reversed(), in: columns - 1 - columns / 2).reversed()
    let kept = head + ["\u{2026}"] + tail
    return PrintableText(String(String.UnicodeScalarView(kept)))
  }

  /// As many of the first scalars as fit.
  private static func fitting(
    _ scalars: some Sequence<Unicode.Scalar>, in columns: Int
  ) -> [Unicode.Scalar] {
    var (kept, room): ([Unicode.Scalar], Int) = ([], columns)
    for scalar in scalars {
      room -= scalar.columns
      guard room >= 0 else { break }
      kept.append(scalar)
    }
    return kept
  }

  /// The text in lines of at most `width` columns, at least 2: broken at spaces, and within words that
  /// are wider than a line.
  func lines(width: Int) -> [PrintableText] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      let columns = word.unicodeScalars.reduce(0) { $0 + $1.columns }
      let isTooWide = columns > width && used + 2 <= width
      if used > 0, isTooWide || used + 1 + columns <= width {
        line += " "
        used += 1
      } else if used > 0 {
        lines.append(line)
        (line, used) = ("", 0)
      }
      for scalar in word.unicodeScalars {
        if used + scalar.columns > width {
          lines.append(line)
          (line, used) = ("", 0)
        }
        line.unicodeScalars.append(scalar)
        used += scalar.columns
      }
    }
    if used > 0 { lines.append(line) }
    return lines.map { PrintableText($0) }
  }
}

/// Writes what there is to tell over the rows just above `row`, where it is too long for the status line.
///
/// It takes at most half of the screen, and is read until the next key.
func drawNotice(_ notice: PrintableText, above row: Int, in grid: inout CellGrid) {
  let lines = notice.lines(width: grid.columns - 2).prefix(max(row / 2, 1))
  let box = CellArea(row: row - lines.count, column: 0, rows: lines.count, columns: grid.columns)
  grid.fill(box)
  for (line, text) in lines.enumerated() {
    grid.write(text, row: box.row + line, column: 1, width: grid.columns - 2, style: .bold)
  }
}
