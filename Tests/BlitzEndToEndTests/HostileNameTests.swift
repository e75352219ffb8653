import BlitzTestSupport
import Foundation
import Testing

/// Names that try to act on a terminal, through every way in which blitz shows them.
@Suite struct HostileNameTests {
  /// File names: every byte but `/` and NUL, and the usual attacks.
  static let names: [[UInt8]] =
    [
      Array(1...46), Array(48...127), Array(128...191), Array(192...255),
    ]
    + [
      "\u{1b}]0;owned\u{7}", "\u{1b}[2J\u{1b}[31mred", "\u{1b}]52;c;ZWNobw==\u{7}", "\u{9b}31m",
      "\u{1b}P$q\u{1b}\\", "\u{1b}[6n", "\u{202e}gnp.exe", "a\u{200b}b\u{2066}c", "\r\nline",
      "\u{1b}[?1049l\u{1b}[?25h", "$(reboot)`x`%s%n", "-rf",
    ].map { Array($0.utf8) }

  /// A folder with a hostile name that holds one good frame, one bad one and a hostile comment.
  private func recording(named name: [UInt8]) -> (folder: TemporaryFolder, path: [UInt8]) {
    let folder = TemporaryFolder()
    let path = folder.makeFolder(bytes: name)
    let picture = PNGFile(width: 8, height: 8, samples: Array(0..<64), text: name).bytes
    folder.write(picture, name: name + Array("/1".utf8) + name.prefix(100) + Array(".png".utf8))
    folder.write(
      Array(picture.prefix(picture.count - 30)), name: name + Array("/2.png".utf8))
    folder.write([1, 2, 3], name: name + Array("/3".utf8) + name.prefix(100) + Array(".png".utf8))
    return (folder, path)
  }

  @Test(arguments: names) func plainOutputIsPlain(name: [UInt8]) throws {
    let (folder, path) = recording(named: name)
    let file = path + Array("/1".utf8) + name.prefix(100) + Array(".png".utf8)
    for (words, target) in [
      (["info"], path), (["info", "--json"], path), (["info"], path + [0x78]), (["info"], file),
      (["frame", "-n", "7"], path), (["frame", "-n", "1", "-o", "-"], path), (["view"], path),
      (["no-such-command"], path), (["info", "--no-such-option"], path),
    ] as [([String], [UInt8])] {
      let run = try CommandRun(
        bytes: [Array(Built.blitz.utf8)] + words.map { Array($0.utf8) } + [target],
        environment: environment(), folder: folder.path)
      #expect(TerminalAudit.foreignInPlainText(run.errors) == [], "\(words)")
      if !words.contains("-o") {
        #expect(TerminalAudit.foreignInPlainText(run.output) == [], "\(words)")
      }
      if case .exit = run.ending {} else { Issue.record("\(words) ended by \(run.ending)") }
    }
  }

  @Test(arguments: names) func theScreenGetsOnlyOurSequences(name: [UInt8]) throws {
    let (folder, path) = recording(named: name)
    let screen = try PTYScreen(
      bytes: [Array(Built.blitz.utf8), path], environment: environment(), columns: 100, rows: 30)
    try screen.waitFor("of 3")
    for keys in [".", "I", "\u{1b}", "f", "\u{7f}", "s", "\u{15}\u{7f}", "?", "q"] {
      screen.type(keys)
      screen.settle()
    }
    #expect(screen.waitForEnd() == .exit(0))
    #expect(TerminalAudit(screen.output).foreign == [], "in \(folder.path)")
  }

  @Test func theAuditFindsWhatIsNotOurs() {
    let allowed = "\u{1b}[?1049h\u{1b}[1;1H\u{1b}[38;2;1;2;3mtext ▀ größe\u{1b}[0m\r\n"
    #expect(TerminalAudit(Array(allowed.utf8)).foreign == [])
    for attack in [
      "\u{1b}]52;c;ZWNobw==\u{7}", "\u{1b}[31", "\u{1b}[?47h", "\u{1b}c", "\u{9b}31m", "\u{7}",
      "\u{202e}", "\u{1b}[>4;2m", "\u{1b}]0;no end", "\u{1b}_x\u{1b}\\",
    ] {
      #expect(TerminalAudit(Array(attack.utf8)).foreign.count >= 1, "\(attack.debugDescription)")
    }
    #expect(TerminalAudit([0x61, 0x9b, 0x33]).foreign.count == 1)
    #expect(TerminalAudit.foreignInPlainText(Array("a\u{1b}[0m\n".utf8)).count == 1)
  }
}
