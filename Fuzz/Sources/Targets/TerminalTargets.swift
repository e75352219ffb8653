@testable import BlitzTUI
import BlitzCore
import BlitzModel

extension FuzzTarget {
  private static let spellings = [
    "\u{1B}[A", "\u{1B}OP", "\u{1B}[1;5C", "\u{1B}[<0;10;20M", "\u{1B}[M !!",
    "\u{1B}[200~q\u{1B}[201~",
    "\u{1B}P>|tmux 3.3a\u{1B}\\", "\u{1B}[?2026;2$y", "\u{1B}[6;20;10t", "\u{1B}[[A", "5.gG:42\r",
  ]

  /// Bytes of a terminal; whatever came, the next key is understood.
  static let keyDecoder = FuzzTarget(
    name: "key-decoder", texts: spellings, longest: 512
  ) { bytes in
    var decoder = KeyDecoder()
    decoder.learn(Array("\u{1B}[7$".utf8), as: Key(.home, .shift))
    var output: [DecodedInput] = []
    for byte in bytes { decoder.feed(byte, into: &output) }
    try require(output.count <= bytes.count + 2, "\(output.count) events of \(bytes.count) bytes")
    decoder.expire(into: &output)
    try require(decoder.expiry == nil, "unfinished after a pause")
    output = []
    decoder.feed(UInt8(ascii: "q"), into: &output)
    try require(output == [.event(.key(.character("q")))], "q reads as \(output)")
  }

  /// The same, all the way into the viewer's state.
  static let viewerKeys = FuzzTarget(
    name: "viewer-keys",
    texts: spellings + [
      "c9.tH\r", "r\t\rtT", "bB5w", "2gi8go L", ":levels 1 2\r?\u{1B}ppp", "mx'x",
    ],
    longest: 256
  ) { bytes in
    var decoder = KeyDecoder()
    var viewer = FuzzedViewer()
    var output: [DecodedInput] = []
    for byte in bytes { decoder.feed(byte, into: &output) }
    decoder.expire(into: &output)
    for case .event(let event) in output {
      switch event {
      case .key(let key): try viewer.send(.key(key))
      case .paste(let text): try viewer.send(.paste(text))
      case .mouse(let mouse):
        let point = PixelPoint(x: mouse.column, y: mouse.row)
        try viewer.send(.pointer(PointerEvent(.image(point), mouse)))
      }
    }
  }

  /// Nothing that could act on a terminal is left.
  static let printableText = FuzzTarget(
    name: "printable-text", texts: ["\u{1B}]0;x\u{7}", "größe \u{202E}gnp", "\u{9B}31m"],
    longest: 256
  ) { bytes in
    let text = PrintableText(bytes: bytes)
    for scalar in text.text.unicodeScalars {
      let isControl = scalar.value < 0x20 || 0x7F..<0xA0 ~= scalar.value
      try require(!isControl, "a control character is left")
      try require(
        !(0x200B...0x200F ~= scalar.value || 0x202A...0x202E ~= scalar.value
          || 0x2060...0x206F ~= scalar.value || scalar.value == 0xFEFF), "a hidden one is left")
    }
    try require(PrintableText(text.text) == text, "escaping twice changes it")
  }
}
