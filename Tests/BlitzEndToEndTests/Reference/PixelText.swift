import BlitzTestSupport

/// A PNG file of PngSuite as text (SNG), which others made of it: what a decoder must deliver.
///
/// Gray of less than 8 bits is spread over 8, as it is in the text.
struct PixelText {
  let rows, columns, channels: Int
  /// Row by row, channels interleaved, without alpha.
  let samples: [Double]

  /// Reads the text; nil for a kind of image that it is not needed for.
  init?(_ text: String) {
    guard let width = text.firstMatch(of: /width: (\d+);/).flatMap({ Int($0.1) }),
      let height = text.firstMatch(of: /height: (\d+);/).flatMap({ Int($0.1) }),
      let kind = text.firstMatch(of: /using ([a-z ]+);/).map({ String($0.1) }),
      let pixels = text.split(separator: "pixels hex").last?.split(separator: "}").first
    else { return nil }
    let palette = Self.palette(text)
    let stored =
      kind.contains("palette")
      ? 1 : (kind.contains("color") ? 3 : 1) + (kind.contains("alpha") ? 1 : 0)
    // A line for each row, with spaces or without; palette codes lie packed in some texts and not in others.
    let lines = pixels.split(separator: "\n").map { $0.filter(\.isHexDigit) }.filter { !$0.isEmpty }
    let perRow = width * stored
    let codes = lines.flatMap { line in
      Self.codes(line, bits: line.count * 4 / perRow).prefix(perRow)
    }
    guard codes.count == width * height * stored else { return nil }
    (rows, columns) = (height, width)
    channels = stored >= 3 || kind.contains("palette") ? 3 : 1
    if kind.contains("palette") {
      samples = codes.flatMap { palette.indices ~= $0 ? palette[$0] : [] }
    } else {
      let kept = stored >= 3 ? 3 : 1
      samples = codes.indices.filter { $0 % stored < kept }.map { Double(codes[$0]) }
    }
  }

  /// One value for each pixel of a colour image whose channels are equal; nil for any other.
  var gray: [Double]? {
    guard channels == 3 else { return nil }
    let pixels = stride(from: 0, to: samples.count - 2, by: 3)
    let isGray = pixels.allSatisfy {
      samples[$0] == samples[$0 + 1] && samples[$0] == samples[$0 + 2]
    }
    return isGray ? pixels.map { samples[$0] } : nil
  }

  /// The codes of a row: several digits each, or several to a digit, the first in its high bits.
  private static func codes(_ digits: String, bits: Int) -> [Int] {
    guard bits > 0 else { return [] }
    let digits = Array(digits)
    let together = max(bits / 4, 1)
    return stride(from: 0, to: digits.count - together + 1, by: together).flatMap { start in
      let value = Int(String(digits[start..<start + together]), radix: 16) ?? -1
      return stride(from: together * 4 - bits, through: 0, by: -bits).map {
        value >> $0 & (1 << bits - 1)
      }
    }
  }

  /// The lines `(r,g,b)` of the palette.
  private static func palette(_ text: String) -> [[Double]] {
    text.matches(of: /\(\s*(\d+),\s*(\d+),\s*(\d+)\)/).map { match in
      [match.1, match.2, match.3].map { Double($0) ?? .nan }
    }
  }
}
