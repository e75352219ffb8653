import BlitzTestSupport
import Testing

/// A viewer that nobody touches does nothing.
@Suite struct IdleTests {
  /// Processor time of a process so far, in the clock ticks of Linux, 100 a second.
  private func ticks(of process: Int32) throws -> Int {
    let text = String(decoding: readFile("/proc/\(process)/stat"), as: UTF8.self)
    // The name in parentheses may hold anything; user and system time are fields 14 and 15.
    let fields = try #require(text.split(separator: ")").last).split(separator: " ")
    return try #require(Int(fields[11])) + #require(Int(fields[12]))
  }

  @Test(arguments: ["", "TcHr\r", "M"]) func anIdleViewerSendsNothingAndSleeps(keys: String) throws
  {
    let recording = SampleRecording(frames: 200)
    let screen = try PTYScreen.blitz(recording.path, columns: 160, rows: 48)
    try screen.waitFor("frame 0 of 200")
    screen.type(keys)
    // All loaded, drawn exactly, and the terminal that never answers given up on.
    #expect(screen.settle(quiet: 2.5))
    let (bytes, before) = (screen.output.count, try ticks(of: screen.child.identifier))
    let end = now() + 4
    while now() < end { screen.read(milliseconds: 100) }
    #expect(screen.output.count == bytes)
    // 0.5 % of four seconds are two ticks; counting by ticks may add some.
    let used = try ticks(of: screen.child.identifier) - before
    #expect(used <= 6, "\(used) ticks in 4 s")
  }
}
