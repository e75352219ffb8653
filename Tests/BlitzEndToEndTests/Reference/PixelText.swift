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
      let bits = text.firstMatch(of: /bitdepth: (\d+);/).flatMap({ Int($0.1) }),
      let kind = text.firstMatch(of: /using ([a-z ]+);/).map({ String($0.1) }),
      let pixels = text.split(separator: "pixels hex").last?.split(separator: "}").first
    else { return nil }
    // Bytes with a space between pixels, or digits in one piece; one digit each for a palette of few.
    let digits = pixels.filter(\.isHexDigit)
    let perRow = pixels.split(separator: "\n").first?.filter(\.isHexDigit).count ?? 0
    let palette = Self.palette(text)
    let stored =
      kind.contains("palette")
      ? 1 : (kind.contains("color") ? 3 : 1) + (kind.contains("alpha") ? 1 : 0)
    let size = bits == 16 ? 4 : perRow == width ? 1 : 2
    let codes = Self.numbers(digits, of: size)
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

  private static func numbers(_ digits: String, of size: Int) -> [Int] {
    let digits = Array(digits)
    return stride(from: 0, to: digits.count - size + 1, by: size).map {
      Int(String(digits[$0..<$0 + size]), radix: 16) ?? -1
    }
  }

  /// The lines `(r,g,b)` of the palette.
  private static func palette(_ text: String) -> [[Double]] {
    text.matches(of: /\(\s*(\d+),\s*(\d+),\s*(\d+)\)/).map { match in
      [match.1, match.2, match.3].map { Double($0) ?? .nan }
    }
  }
}
