import BlitzTestSupport
import Testing

@Suite struct InputFloodTests {
  @Test func tenThousandTurnsAndAHundredKeysAddUp() throws {
    let folder = TemporaryFolder()
    let file = ArrayFile(in: folder, frames: 20_000, rows: 6, columns: 8) { frame, row, column in
      UInt8(truncatingIfNeeded: frame + row + column)
    }
    let flood = InputFlood(seed: 11, row: 8, column: 40)
    try #require(flood.reach < 9_000)
    let screen = try PTYScreen.blitz(file.path, "--frame", "9000", columns: 80, rows: 24)
    try screen.waitFor("frame 9000 of 20000")
    // Whole events, so that no pause of this process can look like a lone Escape.
    for start in stride(from: 0, to: flood.events.count, by: 20) {
      let events = flood.events[start..<min(start + 20, flood.events.count)]
      screen.type(String(decoding: events.joined(), as: UTF8.self))
      screen.read(milliseconds: 0)
    }
    let words = "frame \(9_000 + flood.distance) of 20000"
    let arrived = poll {
      screen.settle()
      var terminal = ScreenEmulator(rows: 24, columns: 80)
      terminal.feed(screen.output)
      return terminal.text(row: 23).contains(words)
    }
    #expect(arrived, "\(words)")
  }
}
