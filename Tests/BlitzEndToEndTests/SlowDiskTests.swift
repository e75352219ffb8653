import BlitzTestSupport
import Foundation
import Glibc
import Testing

/// Most of a recording lies on a disk that does not answer, or answers with errors.
@Suite struct SlowDiskTests {
  /// The disk keeps every second frame to itself; those are not looked at to open the recording.
  private let recording = SampleRecording(frames: 32)

  init() throws {
    for frame in stride(from: 1, to: 32, by: 2) {
      let name = recording.path + "/frame\(frame)"
      try FileManager.default.moveItem(atPath: name + ".png", toPath: name + "-late.png")
    }
  }

  private func open(_ disk: SlowDisk) throws -> LinkedScreen {
    try LinkedScreen(
      [recording.path], bytesPerSecond: 1e9, delay: 0, environment: disk.variables)
  }

  /// Nothing but the gate ends the wait, so a screen that waits for the disk never gets this far.
  @Test func keysWorkWhileTheDiskDoesNotAnswer() throws {
    let disk = try SlowDisk(in: recording.folder, waits: true)
    let link = try open(disk)
    #expect(link.run { link.text.contains("frame 0 of 32") && link.text.contains("loading") })
    var slowest = 0.0
    for (keys, shown) in [
      (".", "frame 1 of 32"), ("G", "frame 31 of 32"), ("?", "next frame"),
      ("\u{1b}", "frame 31 of 32"),
      (":4\r", "frame 4 of 32"), ("M", "mean"), ("\u{1b}", "frame 4 of 32"),
    ] {
      let start = now()
      link.screen.type(keys)
      let isShown = link.run(seconds: 8) {
        // An Escape is no prefix of the next key once the sheet has gone.
        link.text.contains(shown) && link.text.contains("next frame") == (keys == "?")
      }
      try #require(isShown, "\(keys): \(link.text)")
      slowest = max(slowest, now() - start)
    }
    #expect(link.text.contains("loading"), "\(link.text)")
    disk.answer()
    #expect(link.run { !link.text.contains("loading") }, "\(link.text)")
    Repetitions.report("disk that does not answer, key to screen", "\(Int(slowest * 1000)) ms")
  }

  @Test func leavingDoesNotWaitForTheDisk() throws {
    let link = try open(SlowDisk(in: recording.folder, waits: true))
    #expect(link.run { link.text.contains("frame 0 of 32") })
    link.screen.type("q")
    #expect(link.screen.waitForEnd(seconds: 8) == .exit(0))
  }

  @Test func framesThatCannotBeReadAreDamaged() throws {
    let out = recording.folder.file("sum.npy")
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "sum", "-o", out,
      environment: SlowDisk(in: recording.folder).variables)
    #expect(run.ending == .exit(3), "\(run.errorText)")
    for frame in stride(from: 1, to: 32, by: 2) {
      #expect(run.errorText.contains("frame\(frame)-late.png: "), "\(run.errorText)")
    }
    #expect(run.errorText.contains("nput/output error"), "\(run.errorText)")
    let expected = (0..<24 * 32).map { place in
      stride(from: 0, to: 32, by: 2).reduce(0) { sum, frame in
        sum + Float(recording.value(frame: frame, row: place / 32, column: place % 32))
      }
    }
    #expect(try GoldenArray(contentsOf: URL(filePath: out)).floats == expected)
  }

  /// Of the headers that opening looks at, the first alone can be read.
  @Test func openingDoesNotWaitForEveryHeader() throws {
    for frame in stride(from: 2, to: 32, by: 2) {
      let name = recording.path + "/frame\(frame)"
      try FileManager.default.moveItem(atPath: name + ".png", toPath: name + "-late.png")
    }
    let start = now()
    let link = try open(SlowDisk(in: recording.folder, waits: true))
    #expect(link.run { link.text.contains("frame 0 of 32") && link.text.contains("loading") })
    Repetitions.report("disk that does not answer, to the first frame", milliseconds(since: start))
    link.screen.type("q")
    #expect(link.screen.waitForEnd(seconds: 8) == .exit(0))
  }

  /// Where nothing can be opened, there is no screen yet and Ctrl-C ends the program.
  @Test func theFirstInterruptEndsAnOpeningThatWaits() throws {
    let recording = SampleRecording(frames: 1, name: "shot-late.d")
    let disk = try SlowDisk(in: recording.folder, waits: true)
    let screen = try PTYScreen.blitz(recording.path, environment: disk.variables)
    #expect(poll { disk.isMet })
    screen.type("\u{3}")
    #expect(screen.waitForEnd(seconds: 8) == .signal(SIGINT))
  }

  private func milliseconds(since start: Double) -> String {
    "\(Int((now() - start) * 1000)) ms"
  }
}
