import BlitzTestSupport
import Foundation
import Testing

/// Text that tries to act on a terminal, through every channel by which it can come in.
@Suite struct HostileTextTests {
  /// Attacks and random bytes, none of them NUL or a slash; the first are always the same.
  private static func texts(_ count: Int) -> [[UInt8]] {
    let attacks = [
      "\u{1b}[2J", "\u{1b}]0;owned\u{7}", "\u{1b}]52;c;ZWNobw==\u{7}", "\u{9b}31m",
      "\u{1b}P$q\u{1b}\\",
      "\u{1b}[6n", "\u{202e}gnp", "\u{200b}", "\u{2066}", "\r\n", "\u{8}\u{8}", "\u{1b}c",
      "\u{1b}[?1049l",
      "\u{85}", "\u{2028}", "\u{feff}", "\u{e0041}", "\u{7f}", "\t", "%n%s$(x)", "-o", "=1+1",
    ].map { Array($0.utf8) }
    var random = SeededRandom(seed: 27)
    return (0..<count).map { number in
      if number < attacks.count { return attacks[number] }
      return (0..<Int.random(in: 1...4, using: &random)).flatMap { _ -> [UInt8] in
        if Bool.random(using: &random) { return attacks.randomElement(using: &random) ?? [] }
        return (0..<6).map { _ in UInt8.random(in: 1...255, using: &random) }.filter { $0 != 0x2f }
      }
    }
  }

  /// Runs a command and expects plain lines on both outputs.
  private func expectPlain(_ words: [[UInt8]], in folder: TemporaryFolder, _ what: String) throws {
    let run = try CommandRun(
      bytes: [Array(Built.blitz.utf8)] + words, environment: environment(), folder: folder.path)
    #expect(TerminalAudit.foreignInPlainText(run.errors) == [], "\(what)")
    #expect(TerminalAudit.foreignInPlainText(run.output) == [], "\(what)")
    if case .exit = run.ending {} else { Issue.record("\(what): \(run.ending)") }
  }

  private func words(_ line: String) -> [[UInt8]] {
    line.split(separator: " ").map { Array($0.utf8) }
  }

  @Test func namesOfSkippedFilesAreListedPlain() throws {
    let folder = TemporaryFolder()
    _ = folder.makeFolder("shot")
    let picture = PNGFile(width: 8, height: 8, samples: Array(0..<64)).bytes
    for name in ["good1.png", "good2.png"] { folder.write(picture, to: "shot/" + name) }
    for (number, text) in Self.texts(200).enumerated() {
      let name = Array("shot/\(number)".utf8) + text.prefix(200) + Array(".png".utf8)
      // Unreadable headers, damaged data and another size: each is told in words of its own.
      let bytes: [UInt8] =
        switch number % 3 {
        case 0: [1, 2, 3]
        case 1: Array(picture.prefix(picture.count - 30))
        default: PNGFile(width: 9, height: 8, samples: Array(0..<72)).bytes
        }
      folder.write(bytes, name: name)
    }
    for line in [
      "info shot", "info shot --json --exact", "project shot --op mean -o m.npy",
      "project shot --op max -o n.npy --json", "trace shot --roi point:1,1", "frame shot -n 0",
      "convert shot -o c.npy", "profile shot -n 0 --row 1",
    ] { try expectPlain(words(line), in: folder, line) }
    let screen = try PTYScreen.blitz(folder.file("shot"), columns: 100, rows: 30)
    try screen.waitFor("of 2")
    for keys in ["I", "jjjj", "\u{1b}", "?", "\u{1b}", "5.", "q"] {
      screen.type(keys)
      screen.settle()
    }
    #expect(screen.waitForEnd() == .exit(0))
    #expect(TerminalAudit(screen.output).foreign == [])
  }

  /// Minimal files that carry a text where each format keeps one.
  private func carriers(_ text: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
    let checkout = Built.checkout + "/Tests/BlitzIOTests/Fixtures/"
    let jpeg = readFile(checkout + "Images/gray.jpg")
    try #require(jpeg.count > 100)
    let length = text.count + 2
    let comment = [0xFF, 0xFE, UInt8(length >> 8), UInt8(length & 0xFF)] + text
    var movie = readFile(checkout + "Video/h264_b.mp4")
    let handler = try #require(movie.firstRange(of: Array("VideoHandler".utf8)))
    for (place, byte) in zip(handler, text) { movie[place] = byte }
    return [
      ("a.png", PNGFile(width: 8, height: 8, samples: Array(0..<64), text: text).bytes),
      ("a.jpg", jpeg.prefix(2) + comment + jpeg.dropFirst(2)),
      ("a.tif", TIFFCarrier.bytes(description: text)),
      ("b.tif", TIFFCarrier.bytes(description: Array("ImageJ=1\nimages=3\n".utf8) + text)),
      ("a.npy", NumPyCarrier.bytes(type: text)), ("a.mp4", movie),
    ]
  }

  @Test func metadataIsToldPlain() throws {
    let folder = TemporaryFolder()
    let texts = Self.texts(Repetitions.count(short: 6, long: 200))
    for (number, text) in texts.enumerated() {
      for (name, bytes) in try carriers(text) {
        folder.write(bytes, to: name)
        for line in ["info \(name)", "info \(name) --json", "frame \(name) -n 0"] {
          try expectPlain(words(line), in: folder, "\(line), text \(number)")
        }
      }
    }
    Repetitions.report(
      "hostile texts, foreign bytes", "0 in 200 names and \(texts.count) texts of metadata")
  }

  @Test func optionsAreQuotedPlain() throws {
    let recording = SampleRecording(frames: 3)
    for (number, text) in Self.texts(Repetitions.count(short: 6, long: 200)).enumerated() {
      for (command, option, prefix) in [
        ("trace", "--roi", ""), ("trace", "--roi", "A="), ("info", "--range", ""),
        ("project", "--subtract", "file:"), ("convert", "-o", "/nonexistent/"), ("info", "--", ""),
      ] {
        try expectPlain(
          [Array(command.utf8), Array(recording.path.utf8), Array(option.utf8)]
            + [Array(prefix.utf8) + text], in: recording.folder,
          "\(command) \(option), text \(number)")
      }
    }
  }

  @Test func pastedTextIsShownPlain() throws {
    let recording = SampleRecording(frames: 3)
    let screen = try PTYScreen.blitz(recording.path)
    try screen.waitFor("of 3")
    // The keys of signals are the terminal's, in a paste too; Escape would end it.
    for text in Self.texts(60) where Set(text).isDisjoint(with: [0x03, 0x1a, 0x1b, 0x1c]) {
      let shown = String(decoding: text, as: UTF8.self)
      screen.type(":\u{1b}[200~\(shown)\u{1b}[201~\r")
      screen.settle(quiet: 0.05)
      screen.type("\u{1b}")
      screen.settle(quiet: 0.08)
    }
    screen.child.send(SIGTERM)
    #expect(screen.waitForEnd() == .exit(128 + SIGTERM))
    #expect(TerminalAudit(screen.output).foreign == [])
  }
}
