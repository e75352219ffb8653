import BlitzCore
import Testing

@Suite struct PrintableTextTests {
  @Test(arguments: [
    ("plain name.png", "plain name.png"), ("tab\there", "tab\\x09here"),
    ("\u{1b}]0;owned\u{7}", "\\x1b]0;owned\\x07"), ("c1 \u{9b}31m", "c1 \\xc2\\x9b31m"),
    ("rtl \u{202e}gnp", "rtl \\xe2\\x80\\xaegnp"),
    ("zero\u{200b}width", "zero\\xe2\\x80\\x8bwidth"),
    ("größe 日本", "größe 日本"), ("del\u{7f}", "del\\x7f"),
  ])
  func escapesWhatCouldAct(raw: String, shown: String) {
    #expect(PrintableText(raw).text == shown)
  }

  @Test func bytesThatAreNotUTF8AreShownOneByOne() {
    #expect(PrintableText(bytes: [0x61, 0xff, 0x62, 0xe2, 0x82]).text == "a\\xffb\\xe2\\x82")
    #expect(PrintableText(bytes: [0x9b, 0xc0, 0xaf]).text == "\\x9b\\xc0\\xaf")
  }
}
