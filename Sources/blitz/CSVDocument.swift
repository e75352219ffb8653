import BlitzCore

/// A table as RFC 4180 has it, with LF, behind notes that begin with `#`; numbers are exact.
struct CSVDocument {
  /// The whole text.
  private(set) var bytes: [UInt8]

  /// - Parameters:
  ///   - notes: Lines above the table; what is not printable in them is escaped.
  ///   - columns: Names in the header row.
  init(notes: [String], columns: [String]) {
    let lines = notes.map { "# \(PrintableText($0))\n" }
    bytes = Array((lines.joined() + columns.map(Self.field).joined(separator: ",") + "\n").utf8)
  }

  /// A row: a whole number, and numbers some of which may be missing.
  mutating func append(row index: Int, _ second: Double?, _ values: [Double?]) {
    append(row: index, [second] + values)
  }

  /// As above.
  mutating func append(row index: Int, _ values: [Double?]) {
    bytes += String(index).utf8
    for value in values {
      bytes.append(UInt8(ascii: ","))
      if let value { bytes += value.shortestText.utf8 }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Text as a field: quoted where it must be, and never the start of a formula.
  ///
  /// Decided by scalars, as readers of tables do: a sign with an accent is still a sign.
  static func field(_ text: String) -> String {
    let isFormula =
      text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let disarmed = isFormula ? "'" + text : text
    guard disarmed.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
      return disarmed
    }
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in disarmed.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }
}

extension Double {
  /// The shortest decimal that reads back as the same number, without a useless `.0`.
  var shortestText: String {
    let text = isNaN ? "nan" : description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
