import BlitzTestSupport
import Glibc
import Testing

@Suite struct ConvertCommandTests {
  private let recording = SampleRecording(frames: 9, rows: 13, columns: 17)

  @Test func numpyHoldsEveryFrame() throws {
    let out = recording.folder.file("stack.npy")
    let run = try CommandRun.blitz("convert", recording.path, "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let stack = try array(out)
    #expect(stack.shape == [9, 13, 17])
    let expected = ReferenceStack(recording).frames.joined()
    #expect(stack.values == Array(expected))
  }

  @Test(arguments: ["npy", "tif"]) func whatWasWrittenReadsTheSame(ending: String) throws {
    let out = recording.folder.file("stack.\(ending)")
    _ = try CommandRun.blitz("convert", recording.path, "-o", out)
    let run = try CommandRun.blitz("convert", out, "--range", "3:5", "-o", "-")
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let direct = try CommandRun.blitz("convert", recording.path, "--range", "3:5", "-o", "-")
    #expect(run.output.count > 128 && run.output == direct.output)
  }

  @Test func picturesKeepTheirCodesAndNumbers() throws {
    let folder = recording.folder.file("pictures")
    let run = try CommandRun.blitz(
      "convert", recording.path, "--range", "2:9:3", "-o", folder + "/f%03d.png")
    #expect(run.ending == .exit(0), "\(run.errorText)")
    for frame in [2, 5, 8] {
      let file = "\(folder)/f00\(frame).png"
      let values = try CommandRun.blitz("frame", file, "-n", "0", "-o", "-").output
      let expected = try CommandRun.blitz("frame", recording.path, "-n", "\(frame)", "-o", "-")
      #expect(values.count > 128 && values == expected.output, "frame \(frame)")
    }
  }

  @Test func aSlideKeepsTheFramesItReaches() throws {
    let out = recording.folder.file("slide.npy")
    let run = try CommandRun.blitz("convert", recording.path, "--subtract", "slide:3:1", "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let stack = ReferenceStack(recording)
    let expected = (0..<9 - (1 + 3)).flatMap { n -> [Double] in
      let first = 1 + 1 + n
      let mean = stack.reduce(first..<first + 3, ReferenceStack.mean)
      return zip(stack.frames[first], mean).map { $0 - $1 }
    }
    let result = try array(out)
    #expect(result.shape == [5, 13, 17])
    #expect(zip(result.values, expected).allSatisfy { abs($0 - $1) < 0.01 })
  }

  @Test func aFileOfTheWrongSizeIsRefusedWithBothSizes() throws {
    let other = SampleRecording(frames: 1, rows: 5, columns: 6)
    let run = try CommandRun.blitz(
      "convert", recording.path, "--subtract", "file:\(other.path)", "-o", "-")
    #expect(run.ending == .exit(2) && run.output.isEmpty)
    #expect(run.errorText.contains("6x5") && run.errorText.contains("17x13"))
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func aSignalLeavesNothingBehind(signal: Int32, code: Int32) throws {
    let (folder, path) = SampleRecording.slow()
    let target = folder.makeFolder("out")
    let words = [Built.blitz, "convert", path, "-o", target + "/a.npy"]
    let child = try ChildProcess(words.map { Array($0.utf8) }, environment: environment())
    let isWriting = poll { listing(target).contains { $0.hasSuffix(".partial") } }
    #expect(isWriting)
    child.send(signal)
    #expect(child.wait() == .exit(code))
    #expect(listing(target).isEmpty)
  }

  /// What is in a folder, hidden names too.
  private func listing(_ folder: String) -> [String] {
    let run = try? CommandRun(["ls", "-A", folder], environment: environment())
    return (run?.text ?? "").split(separator: "\n").map(String.init)
  }
}
