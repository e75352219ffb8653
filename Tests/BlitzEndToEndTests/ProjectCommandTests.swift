import BlitzTestSupport
import Testing

@Suite struct ProjectCommandTests {
  private let recording = SampleRecording(frames: 13, rows: 23, columns: 31)

  @Test func everyProjectionIsExact() throws {
    let stack = ReferenceStack(recording)
    let out = recording.folder.file("p_{op}.npy")
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "mean,std,min,max,median,sum", "-o", out)
    #expect(run.ending == .exit(0) && run.output.isEmpty, "\(run.errorText)")
    let expected: [(String, ([Double]) -> Double)] = [
      ("mean", ReferenceStack.mean), ("std", { ReferenceStack.std($0) }),
      ("min", { $0.min() ?? .nan }), ("max", { $0.max() ?? .nan }),
      ("median", ReferenceStack.median), ("sum", { $0.reduce(0, +) }),
    ]
    for (name, reduction) in expected {
      let plane = try array(recording.folder.file("p_\(name).npy"))
      #expect(plane.shape == [23, 31] && plane.type == "f4")
      #expect(deviation(plane.values, from: stack.reduce(nil, reduction)) < 1e-6, "\(name)")
    }
  }

  @Test func rangesStepsAndFreedomAreHonoured() throws {
    let out = recording.folder.file("s.npy")
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "std", "--ddof", "1", "--range", "-11:-1:4", "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let stack = ReferenceStack(recording)
    let expected = (0..<23 * 31).map { pixel in
      ReferenceStack.std([2, 6, 10].map { stack.frames[$0][pixel] }, ddof: 1)
    }
    let values = try array(out).values
    #expect(deviation(values, from: expected) < 1e-6)
  }

  @Test func threadsAndMemoryChangeNoBit() throws {
    let recording = SampleRecording(frames: 120, rows: 40, columns: 120)
    func bytes(_ name: String, _ options: String...) throws -> [[UInt8]] {
      let out = recording.folder.file("\(name)_{op}.npy")
      let run = try CommandRun(
        [Built.blitz, "project", recording.path, "--op", "mean,std,median", "-o", out] + options,
        environment: environment())
      #expect(run.ending == .exit(0), "\(run.errorText)")
      if name == "little" { #expect(run.errorText.contains("plan: stream"), "\(run.errorText)") }
      return ["mean", "std", "median"].map {
        readFile(recording.folder.file("\(name)_\($0).npy"))
      }
    }
    let one = try bytes("one", "--threads", "1")
    #expect(one.allSatisfy { $0.count > 40 * 120 * 4 })
    for threads in ["2", "3", "8"] {
      let other = try bytes("t\(threads)", "--threads", threads)
      #expect(other == one, "\(threads) threads")
    }
    let streamed = try bytes("little", "--max-ram", "1M", "--threads", "2")
    #expect(streamed == one)
    Repetitions.report("threads 1, 2, 3, 8, and in passes", "bit-identical")
  }

  @Test func correctionsAreHonoured() throws {
    let stack = ReferenceStack(recording)
    let out = recording.folder.file("c.npy")
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "mean", "--subtract", "mean:0:5@70%", "--divide",
      "max:3:9", "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let dark = stack.reduce(0..<5, ReferenceStack.mean)
    let flat = stack.reduce(3..<9) { $0.max() ?? .nan }
    let expected = dark.indices.map { pixel in
      ReferenceStack.mean(
        stack.frames.map { flat[pixel] == 0 ? 0 : ($0[pixel] - 0.7 * dark[pixel]) / flat[pixel] })
    }
    let values = try array(out).values
    #expect(deviation(values, from: expected) < 1e-6)
  }

  @Test func aPipeGetsTheFile() throws {
    let out = recording.folder.file("m.npy")
    _ = try CommandRun.blitz("project", recording.path, "--op", "median", "-o", out)
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "median", "-o", "-", "--quiet")
    #expect(run.ending == .exit(0) && run.errors.isEmpty)
    #expect(!run.output.isEmpty && run.output == readFile(out))
  }

  @Test func skippedInputsAreListedAndTold() throws {
    recording.folder.write(Array("no picture".utf8), to: "shot/frame5.png")
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "mean", "--json", "-o", recording.folder.file("j.npy"))
    #expect(run.ending == .exit(3), "\(run.errorText)")
    #expect(run.errorText.contains("frame5.png"))
    #expect(run.text.contains("frame5.png") && run.text.contains("\"frames\" : 12"))
  }
}
