import BlitzTestSupport
import Testing

/// Times of a video whose frames last differently long, against those of another demuxer.
@Suite struct VideoTimesTests {
  private let path = MiscountedVideo.folder + "vfr.mkv"

  /// Seconds of each frame after the first; video.txt is what PyAV said.
  private var golden: [Double] {
    let text = String(decoding: readFile(MiscountedVideo.folder + "video.txt"), as: UTF8.self)
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("file vfr.mkv") }.dropFirst()
    return lines.prefix { !$0.hasPrefix("file") }.compactMap {
      $0.split(separator: " ").first.flatMap { Double($0) }
    }
  }

  /// Frame numbers and times of a trace.
  private func times(_ options: String...) throws -> [(frame: Int, seconds: Double?)] {
    let run = try CommandRun(
      [Built.blitz, "trace", path, "--roi", "point:1,1", "-o", "-"] + options,
      environment: environment())
    #expect(run.ending == .exit(0), "\(run.errorText)")
    return table(run.text).dropFirst().map { (Int($0[0]) ?? -1, Double($0[1])) }
  }

  @Test(arguments: [["--time", "pts"], [], ["--time", "pts", "--fps", "1000"]])
  func stampsAreThoseOfTheFile(options: [String]) throws {
    let golden = golden
    #expect(golden.count == 40 && Set(zip(golden, golden.dropFirst()).map { $1 - $0 }).count > 1)
    let run = try CommandRun(
      [Built.blitz, "trace", path, "--roi", "point:1,1", "-o", "-"] + options,
      environment: environment())
    let seconds = table(run.text).dropFirst().map { Double($0[1]) ?? .nan }
    #expect(seconds.count == 40)
    #expect(zip(seconds, golden).allSatisfy { abs($0 - $1) < 1e-5 }, "\(seconds)")
  }

  @Test func aRangeKeepsTheTimesOfItsFrames() throws {
    let times = try times("--range", "7:30:6", "--time", "pts")
    #expect(times.map(\.frame) == [7, 13, 19, 25])
    for (frame, seconds) in times {
      #expect(abs((seconds ?? .nan) - golden[frame]) < 1e-5, "frame \(frame)")
    }
  }

  @Test func numbersGoByTheRateAlone() throws {
    for (frame, seconds) in try times("--time", "index", "--fps", "50") {
      #expect(seconds == Double(frame) / 50)
    }
  }

  @Test func aRateThatIsGivenCountsUnlessStampsAreAskedFor() throws {
    for (frame, seconds) in try times("--fps", "50") { #expect(seconds == Double(frame) / 50) }
  }

  @Test(arguments: [("", 13, 880), ("--fps 50", 13, 260)])
  func theViewerShowsTheTimesOfTheTable(options: String, frame: Int, time: Int) throws {
    #expect(!options.isEmpty || golden[frame] == Double(time) / 1000)
    let folder = TemporaryFolder()
    let screen = try TmuxScreen(
      columns: 160, rows: 40, environment: ["XDG_CACHE_HOME": folder.file("cache")],
      running: "'\(Built.blitz)' '\(path)' --frame \(frame) --roi rect:0,0,8,8 \(options)")
    try screen.waitFor("frame \(frame) of 40")
    try screen.waitFor("  \(time) ms  levels")
    // The mean of that corner is greatest in this very frame.
    try screen.waitFor("frame \(frame) \(time) ms ")
    try screen.type("y")
    try screen.waitFor("copied: frame \(frame), \(time) ms")
  }

  @Test func imagesHaveNoStamps() throws {
    let recording = SampleRecording(frames: 3)
    let run = try CommandRun.blitz(
      "trace", recording.path, "--roi", "point:1,1", "--time", "pts", "--fps", "5", "-o", "-")
    #expect(table(run.text).dropFirst().map { $0[1] } == ["", "", ""])
  }
}
