/// The only spelling of the control sequences that we send ourselves.
enum Escape {
  /// Ends whatever sequence may be half written.
  static let cancel: StaticString = "\u{18}"
  static let saveCursor: StaticString = "\u{1B}7"
  static let restoreCursor: StaticString = "\u{1B}8"
  static let resetStyle: StaticString = "\u{1B}[0m"
  /// All rows scroll, which matters because a step down stops at the last one that does.
  static let resetRegion: StaticString = "\u{1B}[r"
  static let beginSynchronized: StaticString = "\u{1B}[?2026h"
  static let endSynchronized: StaticString = "\u{1B}[?2026l"
  static let autowrapOff: StaticString = "\u{1B}[?7l"
  static let autowrapOn: StaticString = "\u{1B}[?7h"
  /// Asks for a status report, answered when all before it was processed: our acknowledgement.
  static let requestStatus: StaticString = "\u{1B}[5n"

  /// Is synchronized output known?
  static let askSynchronized: StaticString = "\u{1B}[?2026$p"
  /// Pixels of a cell, and of the text area.
  static let askCellSize: StaticString = "\u{1B}[16t"
  static let askScreenSize: StaticString = "\u{1B}[14t"
  /// Name and version.
  static let askVersion: StaticString = "\u{1B}[>0q"
  /// Sets a colour, asks which style is set, and resets it.
  static let askStyle: StaticString = "\u{1B}[48;2;1;2;3m\u{1B}P$qm\u{1B}\\\u{1B}[0m"
  /// Terminfo's `RGB`, from the terminal itself.
  static let askDirectColor: StaticString = "\u{1B}P+q524742\u{1B}\\"
  static let askAttributes: StaticString = "\u{1B}[c"

  /// Button, drag and move reports in the SGR spelling; text pasted arrives in brackets.
  static let enableInput: StaticString =
    "\u{1B}[?1002h\u{1B}[?1003h\u{1B}[?1006h\u{1B}[?2004h"
  static let disableInput: StaticString =
    "\u{1B}[?2004l\u{1B}[?1006l\u{1B}[?1003l\u{1B}[?1002l\u{1B}[?1000l"
  static let pushTitle: StaticString = "\u{1B}[22;2t"
  static let popTitle: StaticString = "\u{1B}[23;2t"
  static let beginTitle: StaticString = "\u{1B}]2;"
  /// Base64 that follows goes to the clipboard, up to `endString`.
  static let beginClipboard: StaticString = "\u{1B}]52;c;"
  static let endString: StaticString = "\u{1B}\\"
  /// Leaves full-screen mode, for terminals that have one, and shows the cursor.
  static let leave: StaticString = "\u{1B}[?25h\u{1B}[?1049l"
  /// The same where there is no second screen: below what we drew.
  static let leaveCleared: StaticString = "\u{1B}[?25h\u{1B}[H\u{1B}[J"
}

extension OutputBuffer {
  /// Bytes in base64 (RFC 4648, section 4), padded.
  mutating func append(base64 bytes: [UInt8]) {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
      for place in 0..<4 {
        let digit = digits[bits >> (18 - 6 * place) & 63]
        append(place <= group.count ? digit : UInt8(ascii: "="))
      }
    }
  }

  /// Moves the cursor; places are counted from 0.
  mutating func appendMove(row: Int, column: Int) {
    append("\u{1B}[")
    append(decimal: row + 1)
    append(UInt8(ascii: ";"))
    append(decimal: column + 1)
    append(UInt8(ascii: "H"))
  }
}
