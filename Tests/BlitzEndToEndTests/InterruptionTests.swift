import BlitzTestSupport
import Foundation
import Testing

/// Ctrl-C during a command whose disk does not answer: the first asks it to stop, the second ends it.
@Suite struct InterruptionTests {
  private let recording = SampleRecording(frames: 8, rows: 120, columns: 160)

  init() throws {
    for frame in stride(from: 1, to: 8, by: 2) {
      let name = recording.path + "/frame\(frame)"
      try FileManager.default.moveItem(atPath: name + ".png", toPath: name + "-late.png")
    }
  }

  /// Types Ctrl-C twice once the program waits for the disk and it is so; nothing is left then.
  ///
  /// - Parameter mayGiveUp: The program waits for a frame, which it does for ten seconds only: on a
  ///   busy machine they may be over before the second Ctrl-C.
  private func interruptTwice(
    _ line: String, spares: Int? = nil, mayGiveUp: Bool = false, when isReady: () -> Bool = { true }
  ) throws {
    let disk = try SlowDisk(in: recording.folder, waits: true, spares: spares)
    let before = Set(names())
    let words = line.split(separator: " ").map { word in
      String(word == "REC" ? recording.path[...] : word)
        .replacing("TMP", with: recording.folder.path)
    }
    let screen = try PTYScreen([Built.blitz] + words, environment: disk.variables)
    let isWaiting = poll {
      screen.read(milliseconds: 0)
      return disk.isMet && isReady()
    }
    #expect(isWaiting, "\(names())")
    screen.type("\u{3}")
    try screen.waitFor("stop")
    if !mayGiveUp { try screen.waitFor("still stopping; once more ends it at once") }
    screen.type("\u{3}")
    #expect(screen.waitForEnd(seconds: 8) == .exit(130))
    #expect(Set(names()).subtracting(before) == ["gate.met"])
  }

  private func names() -> [String] { (try? FolderListing.names(recording.folder.path)) ?? [] }

  @Test(arguments: ["convert REC -o TMP/out.npy", "project REC --op mean -o TMP/out.npy"])
  func theSecondEndsAnOpeningThatWaits(line: String) throws { try interruptTwice(line) }

  /// Headers can be read, so that the output is begun when the disk stops answering.
  @Test(arguments: ["out.npy", "out.tif", "out/%d.png"])
  func theSecondLeavesNoHalfOfAnOutput(target: String) throws {
    try interruptTwice("convert REC -o TMP/\(target)", spares: 32 << 10, mayGiveUp: true) {
      names().contains { $0.hasSuffix(".partial") }
    }
  }

  /// Without an output of its own there is nothing to stop for.
  @Test func theFirstEndsWhatWritesNoFile() throws {
    let disk = try SlowDisk(in: recording.folder, waits: true)
    let screen = try PTYScreen.blitz(
      "project", recording.path, "--op", "mean", "-o", "-", environment: disk.variables)
    let isWaiting = poll {
      screen.read(milliseconds: 0)
      return disk.isMet
    }
    #expect(isWaiting)
    screen.type("\u{3}")
    #expect(screen.waitForEnd(seconds: 8) == .exit(130))
  }
}
