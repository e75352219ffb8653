import BlitzTestSupport
import Foundation
import Testing

@Suite struct PeakMemoryTests {
  /// The buffer, what the workers hold at once, and 64 MiB: `plan.bytes` is the buffer's share.
  @Test func staysWithinThePlan() throws {
    let recording = SampleRecording(frames: 60, rows: 512, columns: 640)
    let info = try CommandRun.blitz("info", recording.path, "--json", "--threads", "2")
    let object = try JSONSerialization.jsonObject(with: Data(info.output)) as? [String: Any]
    let plan = try #require((object?["plan"] as? [String: Any])?["bytes"] as? Int)
    let screen = try TmuxScreen(
      running: "exec '\(Built.blitz)' '\(recording.path)' --threads 2")
    try screen.waitFor("the whole recording") {
      $0.contains("frame 0 of 60") && !$0.contains("loading")
    }
    try screen.type("G")
    try screen.waitFor("frame 59 of 60")
    let peak = residentPeak(of: try screen.process)
    #expect(peak >= object?["bytesAsFloat32"] as? Int ?? .max, "not all of it was loaded")
    let perWorker = 640 * 512 * (4 + 2 + 2)
    #expect(peak <= plan + 2 * perWorker + 64 << 20)
  }

  /// Bytes of VmHWM, the most that was resident at any time.
  private func residentPeak(of process: pid_t) -> Int {
    let status = String(decoding: readFile("/proc/\(process)/status"), as: UTF8.self)
    return (status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) } ?? 0) * 1024
  }
}
