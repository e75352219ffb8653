import BlitzModel
import BlitzTUI
import Foundation
import Testing

/// The whole screen with everything open, as people have looked at it and found it right.
///
/// A screen that is meant to change: delete its file, run this, look at what it wrote, commit it.
@Suite struct FullScreenTests {
  @Test(arguments: [(12, 40), (24, 80), (30, 100), (48, 160), (60, 200)])
  func looksAsItDid(rows: Int, columns: Int) throws {
    var samples = try ViewSamples.everythingOpen(rows: rows, columns: columns)
    samples.type("20gi60gob42g")
    samples.send(.action(.setMark("k")))
    samples.type("42g")
    samples.measure()
    let screen = samples.grid(rows: rows, columns: columns).lines.joined(separator: "\n") + "\n"
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Screens/\(columns)x\(rows).txt")
    guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
      try screen.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(file.lastPathComponent) was not there and is now: look at it")
      return
    }
    #expect(screen == golden, "\n\(screen)")
  }
}
