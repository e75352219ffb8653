import BlitzTestSupport
import Glibc
import Testing

/// What a person comes for, from the first key to the number that is taken home.
@Suite struct WorkflowTests {
  private let recording = DischargeRecording()

  /// Opens the recording in its parent folder and waits until all of it has arrived.
  private func open(_ options: String = "") throws -> TmuxScreen {
    let screen = try TmuxScreen(
      columns: 160, rows: 48, environment: ["XDG_CACHE_HOME": recording.folder.file("cache")],
      folder: recording.folder,
      running: "cd '\(recording.folder.path)' && '\(Built.blitz)' shot \(options)")
    try screen.waitFor("loaded recording") {
      $0.contains(" of 300  ") && $0.contains("levels ") && !$0.contains("loading")
    }
    return screen
  }

  private func enter(_ line: String, on screen: TmuxScreen) throws {
    try screen.type(":\(line)")
    try screen.press("Enter")
  }

  /// Draws the rectangle x 16 y 7 8x6 by keys: the tool's own box, moved.
  private func drawSpot(on screen: TmuxScreen) throws {
    try screen.type("r")
    try screen.waitFor("ROI A rect 12,9 8x6")
    try screen.type("4")
    try screen.press("Right")
    try screen.type("2")
    try screen.press("Up")
    try screen.waitFor("ROI A rect 16,7 8x6")
  }

  /// As the screen writes numbers: a tie goes away from zero, where `printf` looks for the even digit.
  private func text(_ value: Double) -> String {
    let raised = value * (1 + 1e-12)
    let run = try? CommandRun(["printf", "%.6g", "\(raised)"], environment: environment())
    return run?.text ?? ""
  }

  private func saved(_ name: String) -> String {
    String(decoding: readFile(recording.folder.file(name)), as: UTF8.self)
  }

  /// The columns of a table behind its notes and its head.
  private func columns(_ csv: String) -> [[Double]] {
    let rows = csv.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan } }
    return (rows.first ?? []).indices.map { column in rows.map { $0[column] } }
  }

  @Test("1: where does the discharge start?") func start() throws {
    let screen = try open("--fps 20000")
    try screen.type("X")
    try screen.waitFor("max of 0:300")
    try screen.type("c")
    try screen.waitFor("x 16 y 12 = \(text(WorkflowGoldens.largest))")
    try screen.press("Enter")
    try screen.type("c")
    try drawSpot(on: screen)
    try screen.press("Enter")
    try screen.waitFor("measured trace") {
      $0.contains("A mean \(text(WorkflowGoldens.spotMean[0]))")
    }
    try enter("find mean > 300", on: screen)
    try screen.waitFor("the frame in place of the projection") {
      $0.contains("frame 137 of 300") && !$0.contains("max of")
    }
    try screen.waitFor("A mean \(text(WorkflowGoldens.spotMean[137]))")
    try screen.type(",")
    try screen.waitFor("A mean \(text(WorkflowGoldens.spotMean[136]))")
    try screen.type(".ma0g")
    try screen.waitFor("frame 0 of 300")
    try screen.type("'a")
    try screen.waitFor("frame 137 of 300")
    try screen.type("y")
    try screen.waitFor("frame 137, 6.85 ms")
  }

  @Test("2: remove the background, look at the fluctuation") func fluctuation() throws {
    let screen = try open()
    try screen.type("0gi49go")
    try screen.waitFor("range 0:50")
    try screen.type("b")
    try screen.waitFor("-mean 0:50")
    try screen.type("c200g")
    try screen.waitFor("x 16 y 12 = \(text(WorkflowGoldens.corrected))")
    try screen.type("b")
    try screen.waitFor("raw frame") { !$0.contains("-mean 0:50") }
    try screen.type("bS")
    try screen.waitFor("std of 0:50")
    try screen.waitFor("x 16 y 12 = \(text(WorkflowGoldens.deviation))")
    try screen.type("a")
    try screen.waitFor("p2")
    try screen.type("U")
    try screen.waitFor("std of 0:300")
    try screen.waitFor("computed image") { !$0.contains("computing") }
    try enter("save-projection", on: screen)
    try screen.waitFor("as: shot-std.npy")
    try screen.press("Enter")
    try screen.waitFor("saved shot-std.npy")
    let image = try array(recording.folder.file("shot-std.npy"))
    #expect(image.shape == [24, 32])
    let row = Array(image.values[10 * 32..<11 * 32])
    #expect(deviation(row, from: WorkflowGoldens.deviations) < 1e-5)
    try screen.type("s")
    try screen.waitFor("as: shot-std.png")
    try screen.press("Enter")
    try screen.waitFor("saved shot-std.png")
    #expect(saved("shot-std.png").utf8.count > 100)
  }

  @Test("3: a region, its peak, a table") func peak() throws {
    let screen = try open("--fps 20000")
    try drawSpot(on: screen)
    try screen.press("Enter")
    let trace = WorkflowGoldens.spotMean
    let peak = try #require(trace.indices.max { trace[$0] < trace[$1] })
    try screen.waitFor("peak A \(text(trace[peak])) frame \(peak)")
    try enter("save-trace", on: screen)
    try screen.waitFor("as: shot-trace.csv")
    try screen.press("Enter")
    try screen.waitFor("saved shot-trace.csv")
    let table = columns(saved("shot-trace.csv"))
    #expect(table[0] == (0..<300).map { Double($0) })
    #expect(deviation(table[1], from: table[0].map { $0 / 20000 }) < 1e-12)
    #expect(deviation(table[2], from: trace) < 1e-12)
    for note in ["# source: ", "# ROI A: rect:16,7,8,6"] {
      #expect(saved("shot-trace.csv").contains(note), "\(note)")
    }
  }

  @Test("4: two regions in one plot, one moved") func compare() throws {
    let screen = try open()
    try drawSpot(on: screen)
    try screen.press("Enter")
    try enter("roi rect:2,3,8,6", on: screen)
    try screen.type("200g")
    let (spot, corner) = (WorkflowGoldens.spotMean[200], WorkflowGoldens.cornerMean[200])
    try screen.waitFor("A mean \(text(spot))  B mean \(text(corner))")
    try screen.press("Tab")
    try screen.waitFor("ROI A rect 16,7 8x6")
    try screen.press("Right")
    try screen.press("Enter")
    let moved = WorkflowGoldens.movedMean[200]
    try screen.waitFor("A mean \(text(moved))  B mean \(text(corner))")
    try screen.type("d")
    try screen.waitFor("A-B mean \(text(moved - corner)) (\(text(moved)), \(text(corner)))")
    try screen.type("u")
    try screen.waitFor("A-B mean \(text(spot - corner)) (\(text(spot)), \(text(corner)))")
  }

  @Test("5: an array larger than the memory allowed") func largeArray() throws {
    let folder = TemporaryFolder()
    // 16 GiB of nothing, which takes no room on disk.
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (16384, 512, 512), }"
    let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
    let bytes = [0x93] + Array("NUMPY\u{1}\u{0}\u{76}\u{0}".utf8) + Array(header.utf8)
    let path = folder.write(bytes, to: "big.npy")
    try #require(unsafe truncate(path, off_t(bytes.count + 16384 << 20)) == 0)
    let screen = try TmuxScreen(
      columns: 120, rows: 30, folder: folder,
      running: "exec '\(Built.blitz)' '\(path)' --max-ram 300M")
    try screen.waitFor("frame 0 of 16384")
    try screen.waitFor("mapped")
    for frame in [16000, 17, 3111] {
      try screen.type("\(frame)g")
      try screen.waitFor("frame \(frame) of 16384")
    }
    try screen.type("M")
    try screen.waitFor("mean of 0:16384")
    try screen.waitFor("a part", seconds: 120) {
      $0.contains(/computing ([2-9]|\d\d) %, \d+ (s|min) left/)
    }
    try screen.press("C-c")
    try screen.waitFor("partial", seconds: 60) {
      $0.contains(/partial [1-9]\d*\/16384  mean of 0:16384/)
    }
    try screen.press("Escape")
    try screen.waitFor("the frame") {
      $0.contains("frame 3111 of 16384") && !$0.contains("mean of")
    }
    let status = String(decoding: readFile("/proc/\(try screen.process)/status"), as: UTF8.self)
    let anonymous = try #require(status.firstMatch(of: /RssAnon:\s+(\d+) kB/))
    #expect(try #require(Int(anonymous.1)) < 300 << 10)
  }

  @Test("6: a video decoded once to disk") func video() throws {
    let folder = TemporaryFolder()
    let video = Built.checkout + "/Tests/BlitzIOTests/Fixtures/Video/h264_b.mp4"
    let cache = ["XDG_CACHE_HOME": folder.file("cache")]
    func open() throws -> TmuxScreen {
      let screen = try TmuxScreen(
        columns: 160, rows: 30, environment: cache, running: "'\(Built.blitz)' '\(video)' --frame 3"
      )
      try screen.waitFor("frame 3 of ")
      return screen
    }
    let first = try open()
    try first.waitFor("decode once to disk: ")
    try first.waitFor("in memory")
    try first.type("c")
    try first.waitFor("probe") { $0.contains(/x \d+ y \d+ = \d/) }
    let probed = try #require(try first.text().firstMatch(of: /x \d+ y \d+ = [0-9.]+/)).output
    try first.press("Enter")
    try first.press("Enter")
    try first.waitFor("opens at once from now on")
    #expect(try !first.text().contains("decode once"))
    let second = try open()
    try second.waitFor("mapped")
    try second.type("c")
    try second.waitFor(String(probed))
    #expect(try !second.text().contains("decode once"))
  }

  @Test("6: frames left out for want of memory come back from the cache") func leftOut() throws {
    let recording = SampleRecording(frames: 60, rows: 192, columns: 256)
    func open() throws -> TmuxScreen {
      try TmuxScreen(
        columns: 160, rows: 30,
        environment: ["XDG_CACHE_HOME": recording.folder.file("cache")],
        running:
          "'\(Built.blitz)' '\(recording.path)' --size 0.5 --threads 1 --max-ram 2M --frame 5")
    }
    let first = try open()
    try first.waitFor("step ")
    try first.waitFor("decode once to disk: 2.8 MiB (free ")
    try first.press("Enter")
    try first.waitFor("cached 2.8 MiB")
    let second = try open()
    try second.waitFor("mapped")
    try second.waitFor("frame 5 of 60")
    #expect(try !second.text().contains("step "))
  }

  @Test("8: dark frame and flat field") func flatField() throws {
    let screen = try open("--subtract file:dark.png --divide file:flat.png --frame 200")
    try screen.waitFor("-file dark.png /file flat.png")
    try screen.type("c")
    try screen.waitFor("x 16 y 12 = \(text(WorkflowGoldens.flattened))")
    // A dead pixel of the flat field is 0.
    for (key, count) in [("Left", 11), ("Up", 7)] {
      try screen.type("\(count)")
      try screen.press(key)
    }
    try screen.waitFor("x 5 y 5 = 0")
    try screen.waitFor("1 px zeroed")
    try screen.type("v")
    try screen.waitFor("undivided frame") { !$0.contains("/file") && !$0.contains("zeroed") }
    let small = PNGFile(width: 8, height: 6, samples: [UInt16](repeating: 1, count: 48), depth: 16)
    recording.folder.write(small.bytes, to: "small.png")
    let refused = try CommandRun.blitz(
      "project", recording.path, "--divide", "file:\(recording.folder.file("small.png"))", "--op",
      "mean", "-o", "-")
    #expect(refused.ending == .exit(1) || refused.ending == .exit(2))
    #expect(refused.errorText.contains("8x6") && refused.errorText.contains("32x24"))
  }
}
