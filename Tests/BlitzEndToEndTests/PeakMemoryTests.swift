import BlitzTestSupport
import Foundation
import Glibc
import Testing

@Suite struct PeakMemoryTests {
  /// The buffer, what the workers hold at once, and 64 MiB: `plan.bytes` is the buffer's share.
  private static func limit(plan: Int, threads: Int, rows: Int, columns: Int) -> Int {
    plan + threads * rows * columns * (4 + 2 + 2) + 64 << 20
  }

  /// A recording of this size, loaded and looked at: what it took, and what it might have.
  private func peak(
    frames: Int, rows: Int, columns: Int, threads: Int
  ) throws -> (taken: Int, limit: Int) {
    let recording = SampleRecording(frames: frames, rows: rows, columns: columns)
    let info = try CommandRun.blitz("info", recording.path, "--json", "--threads", "\(threads)")
    let object = try JSONSerialization.jsonObject(with: Data(info.output)) as? [String: Any]
    let plan = try #require((object?["plan"] as? [String: Any])?["bytes"] as? Int)
    let screen = try TmuxScreen(
      running: "exec '\(Built.blitz)' '\(recording.path)' --threads \(threads)")
    try screen.waitFor("the whole recording") {
      $0.contains("frame 0 of \(frames)") && !$0.contains("loading")
    }
    try screen.type("G")
    try screen.waitFor("frame \(frames - 1) of \(frames)")
    let taken = residentPeak(of: try screen.process)
    #expect(taken >= object?["bytesAsFloat32"] as? Int ?? .max, "not all of it was loaded")
    return (taken, Self.limit(plan: plan, threads: threads, rows: rows, columns: columns))
  }

  @Test func staysWithinThePlan() throws {
    let (taken, limit) = try peak(frames: 60, rows: 512, columns: 640, threads: 2)
    #expect(taken <= limit)
  }

  /// Many sizes and numbers of threads, in the long form only.
  @Test(.enabled(if: Repetitions.count(short: 0, long: 1) == 1))
  func staysWithinThePlanEveryTime() throws {
    let tries = 50
    var fullest = 0.0
    for number in 0..<tries {
      var random = SeededRandom(seed: UInt64(number))
      let (taken, limit) = try peak(
        frames: Int.random(in: 2...60, using: &random),
        rows: Int.random(in: 64...512, using: &random),
        columns: Int.random(in: 64...640, using: &random),
        threads: Int.random(in: 1...4, using: &random))
      #expect(taken <= limit, "try \(number)")
      fullest = max(fullest, Double(taken) / Double(limit))
    }
    Repetitions.report(
      "peak memory within the limit",
      "\(tries) of \(tries), at the most \(Int(fullest * 100)) % of it")
  }

  /// Bytes of VmHWM, the most that was resident at any time.
  private func residentPeak(of process: pid_t) -> Int {
    let status = String(decoding: readFile("/proc/\(process)/status"), as: UTF8.self)
    return (status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) } ?? 0) * 1024
  }

  /// What is mapped is given back behind the readers, so that a file far beyond the limit stays within it.
  @Test(arguments: [
    ["project", "--op", "mean", "-o", "m.npy"],
    ["trace", "--roi", "rect:9,9,900,900", "-o", "t.csv"],
  ])
  func aMapStaysWithinTheLimit(words: [String]) throws {
    let folder = TemporaryFolder()
    let head = "{'descr': '<f4', 'fortran_order': False, 'shape': (120, 1024, 1024), }"
    let padded = head.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
    let path = folder.write(
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8), to: "sparse.npy")
    #expect(unsafe truncate(path, 128 + 120 << 22) == 0)
    let script = """
      "$@" & while grep VmHWM /proc/$!/status 2> /dev/null; do sleep 0.05; done | tail -n 1; wait $!
      """
    let run = try CommandRun(
      ["bash", "-c", script, "bash", Built.blitz, words[0], path, "--max-ram", "64M", "--force"]
        + words.dropFirst(), environment: environment(), folder: folder.path)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let peak = try #require(run.text.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) })
    // The file is of 480 MiB.
    #expect(peak < (64 + 64) << 10, "\(peak) kB")
  }

  /// Every thread sets addresses aside; that must not take away what the plan counts on.
  @Test func aLimitedAddressSpaceHoldsThePlan() throws {
    let recording = SampleRecording(frames: 60, rows: 50, columns: 70)
    let script = "ulimit -v 300000; exec \"$0\" project \"$1\" --op mean --threads 8 -o -"
    let whole = try CommandRun.blitz("project", recording.path, "--op", "mean", "-o", "-").output
    #expect(whole.count > 4 * 50 * 70)
    for _ in 0..<Repetitions.count(short: 4, long: 20) {
      let run = try CommandRun(
        ["bash", "-c", script, Built.blitz, recording.path], environment: environment())
      #expect(run.ending == .exit(0) && run.output == whole, "\(run.errorText)")
    }
  }
}
