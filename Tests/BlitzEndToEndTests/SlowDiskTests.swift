import BlitzTestSupport
import Foundation
import Testing

/// Most of a recording lies on a disk that does not answer, or answers with errors.
///
/// The disk is a library that is preloaded into the program, see Preload/slow_disk.c.
@Suite struct SlowDiskTests {
  /// The disk keeps every second frame to itself; those are not looked at to open the recording.
  private let recording = SampleRecording(frames: 32)

  init() throws {
    for frame in stride(from: 1, to: 32, by: 2) {
      let name = recording.path + "/frame\(frame)"
      try FileManager.default.moveItem(atPath: name + ".png", toPath: name + "-late.png")
    }
  }

  /// The variables that put such a disk under the program; with a gate it waits for that file.
  private func disk(gate: String? = nil) throws -> [String: String?] {
    let library = recording.folder.file("slow_disk.so")
    let source = Built.checkout + "/Tests/BlitzEndToEndTests/Preload/slow_disk.c"
    let compiler = try CommandRun(
      ["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"],
      environment: environment())
    try #require(compiler.ending == .exit(0), "\(compiler.errorText)")
    return ["LD_PRELOAD": library, "SLOW_DISK_FILES": "-late.", "SLOW_DISK_GATE": gate]
  }

  private func open(_ variables: [String: String?]) throws -> LinkedScreen {
    try LinkedScreen(
      [recording.path], bytesPerSecond: 1e9, delay: 0, environment: variables)
  }

  /// Nothing but the gate ends the wait, so a screen that waits for the disk never gets this far.
  @Test func keysWorkWhileTheDiskDoesNotAnswer() throws {
    let gate = recording.folder.file("gate")
    let link = try open(disk(gate: gate))
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
    recording.folder.write([], to: "gate")
    #expect(link.run { !link.text.contains("loading") }, "\(link.text)")
    Repetitions.report("disk that does not answer, key to screen", "\(Int(slowest * 1000)) ms")
  }

  @Test func leavingDoesNotWaitForTheDisk() throws {
    let link = try open(disk(gate: recording.folder.file("gate")))
    #expect(link.run { link.text.contains("frame 0 of 32") })
    link.screen.type("q")
    #expect(link.screen.waitForEnd(seconds: 8) == .exit(0))
  }

  @Test func framesThatCannotBeReadAreDamaged() throws {
    let out = recording.folder.file("sum.npy")
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "sum", "-o", out, environment: disk())
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
}
