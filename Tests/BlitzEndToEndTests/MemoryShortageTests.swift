import BlitzTestSupport
import Foundation
import Testing

/// Somebody else takes the memory that a plan counted on, while the stack is being loaded.
///
/// What the system says is free is a file of the test's, mounted over /proc/meminfo for one process.
@Suite struct MemoryShortageTests {
  private static let script = "mount --bind \"$1\" /proc/meminfo && shift && exec \"$0\" \"$@\""

  /// Root in a name space of its own may mount.
  private static let mayMount: Bool = {
    let folder = TemporaryFolder()
    let file = folder.write([], to: "meminfo")
    let run = try? CommandRun(
      ["unshare", "-m", "sh", "-c", script, "true", file], environment: environment())
    return run?.ending == .exit(0)
  }()

  private let folder: TemporaryFolder
  private let path: String

  /// Of 16 KiB each, as loaded; memory is looked at once for every thousand.
  private static let frames = 1500

  init() {
    (folder, path) = SampleRecording.slow(frames: Self.frames, width: 64, height: 64)
  }

  private func free(_ kibibytes: Int) {
    folder.write(Array("MemAvailable: \(kibibytes) kB\n".utf8), to: "meminfo")
  }

  /// Starts the program with 4 GiB free, of which 800 KiB are left once it is loading.
  private func start(_ words: [String], until loading: String) throws -> PTYScreen {
    free(4 << 20)
    let screen = try PTYScreen(
      ["unshare", "-m", "sh", "-c", Self.script, Built.blitz, folder.file("meminfo")] + words
        + ["--threads", "1"], columns: 160)
    try screen.waitFor(loading)
    free(800)
    return screen
  }

  @Test(.enabled(if: mayMount)) func aCommandBeginsAnewWithWhatIsLeft() throws {
    let out = folder.file("median.npy")
    let screen = try start(
      ["project", path, "--op", "median", "--on-exceed", "step", "-o", out], until: "loading")
    #expect(screen.waitForEnd(seconds: 60) == .exit(0))
    let said = String(decoding: screen.output, as: UTF8.self)
    #expect(said.contains("plan: memory"), "\(said)")
    #expect(said.contains("memory ran short after"), "\(said)")
    #expect(said.contains("800 KiB left of free memory"), "\(said)")
    #expect(said.contains("plan: step"), "\(said)")
    // All frames are links to one file, whose samples count up.
    let samples = try GoldenArray(contentsOf: URL(filePath: out)).floats
    #expect(samples == (0..<64 * 64).map { Float($0) })
  }

  @Test(.enabled(if: mayMount)) func theViewerKeepsWhatHasArrived() throws {
    let screen = try start([path], until: "loading")
    let isSaid = poll {
      screen.read()
      var terminal = ScreenEmulator(rows: 24, columns: 160)
      terminal.feed(screen.output)
      return terminal.text(row: 0).contains("partial 1")
        && terminal.text(row: 23).contains("loading stopped: 800 KiB left of free memory")
    }
    #expect(isSaid)
    screen.type("M")
    screen.settle()
    screen.type("q")
    #expect(screen.waitForEnd() == .exit(0))
  }
}
