import BlitzCore
import FoundationEssentials

/// The one way in which anything becomes JSON on an output.
enum JSONDocument {
  /// An object on several lines, its names sorted, without a line end.
  ///
  /// JSON may carry any text; a terminal must not: what could act on one is written as `\uNNNN`.
  static func text(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  private static func escaped(_ json: String) -> String {
    var text = ""
    for scalar in json.unicodeScalars {
      if scalar == "\n" || PrintableText(String(scalar)).text == String(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return text
  }
}
