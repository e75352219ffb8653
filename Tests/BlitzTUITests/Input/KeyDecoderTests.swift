import BlitzModel
import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct KeyDecoderTests {
  /// Spellings by xterm's manual, rxvt's and the Linux console's terminfo entries.
  static let keys: [(String, Key)] = [
    ("a", "a"), ("A", "A"), (" ", " "), ("é", "é"), ("日", "日"), ("😀", "😀"),
    ("\u{4}", .control("d")), ("\u{0}", .control(" ")), ("\u{1C}", .control("\\")),
    ("\t", Key(.tab)), ("\r", Key(.enter)), ("\n", Key(.enter)),
    ("\u{7F}", Key(.backspace)), ("\u{8}", Key(.backspace)),
    ("\u{1B}[A", Key(.up)), ("\u{1B}OB", Key(.down)), ("\u{1B}[C", Key(.right)),
    ("\u{1B}OD", Key(.left)), ("\u{1B}[H", Key(.home)), ("\u{1B}OF", Key(.end)),
    ("\u{1B}[1;2C", Key(.right, .shift)), ("\u{1B}[1;3D", Key(.left, .alt)),
    ("\u{1B}[1;5A", Key(.up, .control)), ("\u{1B}[1;6B", Key(.down, [.control, .shift])),
    ("\u{1B}[5~", Key(.pageUp)), ("\u{1B}[6;5~", Key(.pageDown, .control)),
    ("\u{1B}[2~", Key(.insert)), ("\u{1B}[3~", Key(.delete)), ("\u{1B}[7~", Key(.home)),
    ("\u{1B}[7^", Key(.home, .control)), ("\u{1B}[a", Key(.up, .shift)),
    ("\u{1B}Oc", Key(.right, .control)), ("\u{1B}[Z", Key(.tab, .shift)),
    ("\u{1B}\t", Key(.tab, .shift)), ("\u{1B}OP", Key(.function(1))),
    ("\u{1B}[[C", Key(.function(3))), ("\u{1B}[15~", Key(.function(5))),
    ("\u{1B}[24;2~", Key(.function(12), .shift)), ("\u{1B}[1;2R", Key(.function(3), .shift)),
    ("\u{1B}x", Key(.character("x"), .alt)), ("\u{1B}\u{1B}[A", Key(.up, .alt)),
    ("\u{1B}OM", Key(.enter)),
  ]

  @Test("keys", arguments: keys)
  func everyKey(spelling: String, key: Key) {
    #expect(decode(spelling) == [.event(.key(key))])
    // What stands before and behind makes no difference.
    #expect(decode("q" + spelling + "q") == [event("q"), .event(.key(key)), event("q")])
  }

  @Test(
    "mouse reports",
    arguments: [
      ("0;1;1M", MouseEvent(.left, .press, row: 0, column: 0)),
      ("0;80;24m", MouseEvent(.left, .release, row: 23, column: 79)),
      ("34;5;6M", MouseEvent(.right, .drag, row: 5, column: 4)),
      ("35;5;6M", MouseEvent(.none, .move, row: 5, column: 4)),
      ("64;2;3M", MouseEvent(.wheelUp, .press, row: 2, column: 1)),
      ("81;2;3M", MouseEvent(.wheelDown, .press, row: 2, column: 1, modifiers: .control)),
      ("4;0;0M", MouseEvent(.left, .press, row: 0, column: 0, modifiers: .shift)),
      ("1;99999999;3M", MouseEvent(.middle, .press, row: 2, column: 99_998)),
    ])
  func everyReport(report: String, mouse: MouseEvent) {
    #expect(decode("\u{1B}[<" + report) == [.event(.mouse(mouse))])
  }

  @Test func oldMouseReportsAreNoKeys() {
    let press = MouseEvent(.left, .press, row: 1, column: 0)
    #expect(decode("\u{1B}[M !\"") == [.event(.mouse(press))])
    #expect(
      decode("\u{1B}[M#!\"q") == [
        .event(.mouse(MouseEvent(.none, .release, row: 1, column: 0))), event("q"),
      ])
  }

  @Test(
    "replies",
    arguments: [
      ("\u{1B}[0n", TerminalReply.acknowledged), ("\u{1B}[?1;2c", .deviceAttributes),
      ("\u{1B}[?2026;2$y", .synchronizedOutput(true)),
      ("\u{1B}[?2026;0$y", .synchronizedOutput(false)),
      ("\u{1B}[6;18;9t", .cellPixels(height: 18, width: 9)),
      ("\u{1B}[4;480;800t", .screenPixels(height: 480, width: 800)),
      ("\u{1B}P>|XTerm(370)\u{1B}\\", .version("XTerm(370)")),
      ("\u{1B}P1$r48:2:1:2:3m\u{1B}\\", .directColor(true)),
      ("\u{1B}P1$r0;48;5;16m\u{1B}\\", .directColor(false)),
      ("\u{1B}P1+r524742=38\u{1B}\\", .directColor(true)),
    ])
  func everyReply(spelling: String, reply: TerminalReply) {
    #expect(decode(spelling) == [.reply(reply)])
  }

  @Test(
    "swallowed whole",
    arguments: [
      "\u{1B}[12;34R", "\u{1B}[?25;1$y", "\u{1B}[>0;276;0c", "\u{1B}[I", "\u{1B}[99~",
      "\u{1B}[1;1u",
      "\u{1B}]11;rgb:0000/0000/0000\u{7}", "\u{1B}]4;1;rgb:1/2/3\u{1B}\\", "\u{1B}P0+r\u{1B}\\",
      "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[3;7;7t", "\u{1B}[8;24;80t", "\u{80}\u{9B}",
      "\u{1B}[999999999999999999999999;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1x", "\u{1B}[<1;2M",
    ])
  func nothing(spelling: String) {
    #expect(decode(spelling + "q") == [event("q")])
  }

  @Test func pasteIsTextWhateverItHolds() {
    #expect(
      decode("\u{1B}[200~q\r\u{1B}[A\u{3}é\u{1B}[201~x") == [
        .event(.paste("q\r\u{1B}[A\u{3}é")), event("x"),
      ])
  }

  @Test func longPastesAreCutNotLeaked() {
    var decoder = KeyDecoder()
    var output: [DecodedInput] = []
    for byte in "\u{1B}[200~".utf8 { decoder.feed(byte, into: &output) }
    for _ in 0..<KeyDecoder.maximumPaste + 100_000 {
      decoder.feed(UInt8(ascii: "q"), into: &output)
    }
    for byte in "\u{1B}[201~z".utf8 { decoder.feed(byte, into: &output) }
    #expect(output.count == 2 && output.last == event("z"))
    if case .event(.paste(let text)) = output.first {
      #expect(text.utf8.count == KeyDecoder.maximumPaste)
    }
  }

  @Test func aPauseEndsWhatIsUnfinished() {
    #expect(paused("\u{1B}") == [.event(.key(Key(.escape)))])
    #expect(paused("\u{1B}\u{1B}") == [.event(.key(Key(.escape))), .event(.key(Key(.escape)))])
    #expect(paused("\u{1B}[") == [])
    #expect(paused("\u{1B}[1;5") == [])
    #expect(paused("\u{1B}Pabc") == [])
    #expect(paused("\u{1B}[200~abc") == [.event(.paste("abc"))])
    #expect(paused("\u{E9}") == [event("\u{E9}")])
    #expect(KeyDecoder().expiry == nil)
  }

  @Test func spellingsOfOneTerminalAreLearned() {
    var decoder = KeyDecoder()
    decoder.learn(Array("\u{1B}[7$".utf8), as: Key(.home, .shift))
    decoder.learn(Array("\u{1B}[A".utf8), as: Key(.end))  // understood anyway
    decoder.learn([0x7F], as: Key(.delete))  // no sequence
    #expect(decode("\u{1B}[7$x", with: decoder) == [.event(.key(Key(.home, .shift))), event("x")])
    #expect(
      decode("\u{1B}[A\u{7F}", with: decoder) == [
        .event(.key(Key(.up))), .event(.key(Key(.backspace))),
      ])
    #expect(decode("\u{1B}[?2026;2$y", with: decoder) == [.reply(.synchronizedOutput(true))])
  }

  @Test("junk never breaks it and never stays", arguments: 1...12)
  func junk(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var decoder = KeyDecoder()
    var output: [DecodedInput] = []
    let likely = Array("\u{1B}\u{1B}\u{1B}[[O0123456789;;<>?$~MmPABC]\\\u{7}\u{18}".utf8)
    for _ in 0..<10_000 {
      let isLikely = Bool.random(using: &random)
      let byte =
        isLikely ? likely[random.int(0..<likely.count)] : UInt8.random(in: 0...255, using: &random)
      decoder.feed(byte, into: &output)
      output.removeAll(keepingCapacity: true)
    }
    decoder.expire(into: &output)
    #expect(decoder.expiry == nil)
    output.removeAll()
    decoder.feed(UInt8(ascii: "q"), into: &output)
    #expect(output == [event("q")])
  }

  @Test func everySplitGivesTheSame() {
    // One byte at a time is the only way to feed; what a read boundary adds is a look at `expiry`.
    var decoder = KeyDecoder()
    var output: [DecodedInput] = []
    for (spelling, _) in Self.keys {
      for byte in spelling.utf8 {
        decoder.feed(byte, into: &output)
        _ = decoder.expiry
      }
    }
    #expect(output == Self.keys.map { .event(.key($0.1)) })
  }

  private func event(_ scalar: Unicode.Scalar) -> DecodedInput { .event(.key(.character(scalar))) }

  private func decode(_ text: String, with decoder: KeyDecoder = KeyDecoder()) -> [DecodedInput] {
    var decoder = decoder
    var output: [DecodedInput] = []
    for byte in text.utf8 { decoder.feed(byte, into: &output) }
    return output
  }

  private func paused(_ text: String) -> [DecodedInput] {
    var decoder = KeyDecoder()
    var output: [DecodedInput] = []
    for byte in text.utf8 { decoder.feed(byte, into: &output) }
    decoder.expire(into: &output)
    return output
  }
}
