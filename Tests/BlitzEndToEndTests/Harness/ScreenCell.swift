/// A cell of a captured screen as the eye sees it.
struct ScreenCell: Equatable {
  /// The character; a space for half blocks, which are colours only.
  let character: Character
  /// What its upper and lower half show; for other characters, ink and paper. SGR parameters.
  let upper, lower: String

  /// Reads one line of `tmux capture-pane -e`; blank cells at its end are left out.
  static func cells(ofCaptured line: Substring) -> [ScreenCell] {
    var (cells, ink, paper) = ([ScreenCell](), "", "")
    var rest = line
    while let character = rest.popFirst() {
      if character == "\u{1b}", let end = rest.firstIndex(of: "m") {
        apply(rest[..<end].dropFirst(), &ink, &paper)
        rest = rest[rest.index(after: end)...]
      } else {
        cells.append(ScreenCell(character, ink, paper))
      }
    }
    while let last = cells.last, last == ScreenCell(" ", "", "") { cells.removeLast() }
    return cells
  }

  private init(_ character: Character, _ ink: String, _ paper: String) {
    switch character {
    case "▀": (self.character, upper, lower) = (" ", ink, paper)
    case "▄": (self.character, upper, lower) = (" ", paper, ink)
    case "█": (self.character, upper, lower) = (" ", ink, ink)
    case " ": (self.character, upper, lower) = (" ", paper, paper)
    default: (self.character, upper, lower) = (character, ink, paper)
    }
  }

  /// Follows one SGR sequence; attributes other than colours count as ink.
  private static func apply(_ sequence: Substring, _ ink: inout String, _ paper: inout String) {
    var codes = sequence.split(separator: ";", omittingEmptySubsequences: false)[...]
    while let code = codes.popFirst() {
      switch code {
      case "", "0": (ink, paper) = ("", "")
      case "38", "48":
        let colour = codes.prefix(codes.first == "2" ? 4 : 2).joined(separator: ";")
        codes = codes.dropFirst(codes.first == "2" ? 4 : 2)
        if code == "38" { ink = colour } else { paper = colour }
      case "39": ink = ""
      case "49": paper = ""
      default: ink += "+" + code
      }
    }
  }
}
