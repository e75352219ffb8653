import BlitzCore
import BlitzModel
import Testing

@testable import BlitzTUI

@Suite struct LineBreaksTests {
  private func lines(_ text: String, _ width: Int) -> [String] {
    PrintableText(text).lines(width: width).map(\.text)
  }

  @Test func linesBreakAtSpaces() {
    #expect(
      lines("no memory left, 12 frames stay", 12) == ["no memory", "left, 12", "frames stay"])
    #expect(lines("just fits", 9) == ["just fits"])
    #expect(lines("  two   spaces ", 20) == ["two spaces"])
    #expect(lines("", 5).isEmpty)
  }

  @Test func wordsThatAreTooLongBreakAnywhere() {
    #expect(lines("a /very/long/path b", 6) == ["a /ver", "y/long", "/path", "b"])
    // A wide character is never cut in half.
    #expect(lines("計測計測", 5) == ["計測", "計測"])
  }

  @Test(arguments: [(12, 40), (24, 80), (20, 60)])
  func aNoticeTooLongForTheStatusLineIsReadInFull(rows: Int, columns: Int) throws {
    let text =
      "loading stopped: the memory that others left is down to 312 MiB; 113 of 400 frames stay, "
      + "and --max-ram or --range keep a recording smaller"
    var samples = try ViewSamples(rows: rows, columns: columns)
    samples.send(.notice(PrintableText(text)))
    let screen = samples.grid(rows: rows, columns: columns).lines
    #expect(screen.last?.contains("frame 0 of 100") == true)
    let seen = screen.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(seen.contains(text))
    samples.type(".")
    #expect(!samples.grid(rows: rows, columns: columns).lines.joined().contains("stopped"))
  }

  @Test func textsAreCutInTheMiddle() {
    func cut(_ text: String, _ columns: Int) -> String { PrintableText(text).cut(to: columns).text }
    #expect(cut("just fits", 9) == "just fits")
    #expect(cut("alpha_beta_gamma_17", 12) == "alpha_\u{2026}ma_17")
    #expect(cut("abc", 2) == "a\u{2026}" && cut("abc", 1) == "\u{2026}" && cut("abc", 0) == "")
    #expect(cut("\u{65E5}\u{672C}\u{8A9E}ab", 6) == "\u{65E5}\u{2026}ab")
  }
}
