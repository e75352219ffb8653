import BlitzTestSupport
import Foundation
import Testing

@Suite struct FrameCommandTests {
  private func array(_ path: String) throws -> GoldenArray {
    try GoldenArray(contentsOf: URL(filePath: path))
  }

  @Test(arguments: [8, 16] as [UInt8]) func numpyHoldsTheVeryValues(depth: UInt8) throws {
    let recording = SampleRecording(frames: 12, rows: 23, columns: 31, depth: depth)
    for frame in [0, 2, 10, 11] {
      let file = recording.folder.file("frame\(frame).npy")
      let run = try CommandRun.blitz("frame", recording.path, "-n", "\(frame)", "-o", file)
      #expect(run.ending == .exit(0) && run.output.isEmpty, "\(run.errorText)")
      let array = try array(file)
      #expect(array.shape == [23, 31] && array.type == "f4")
      #expect(array.values == recording.samples(frame).map { Double($0) }, "frame \(frame)")
    }
  }

  @Test func standardOutputGetsTheSameBytes() throws {
    let recording = SampleRecording(frames: 2)
    let file = recording.folder.file("a.npy")
    _ = try CommandRun.blitz("frame", recording.path, "-n", "1", "-o", file)
    let run = try CommandRun.blitz("frame", recording.path, "-n", "1", "-o", "-")
    #expect(run.ending == .exit(0))
    #expect(!run.output.isEmpty && run.output == readFile(file))
  }

  @Test func cropIsCutFromTheFrame() throws {
    let recording = SampleRecording(frames: 3)
    let file = recording.folder.file("crop.npy")
    let run = try CommandRun.blitz(
      "frame", recording.path, "-n", "1", "--crop", "5,7,4,3", "-o", file)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let expected = (7..<10).flatMap { row in
      (5..<9).map { Double(recording.value(frame: 1, row: row, column: $0)) }
    }
    #expect(try array(file).values == expected)
  }

  @Test func numbersStaySourceFramesUnderARange() throws {
    let recording = SampleRecording(frames: 12)
    let file = recording.folder.file("a.npy")
    let run = try CommandRun.blitz(
      "frame", recording.path, "-n", "8", "--range", "4:", "-o", file)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    #expect(try array(file).values == recording.samples(8).map { Double($0) })
  }

  @Test func anExistingFileIsKeptUnlessForced() throws {
    let recording = SampleRecording(frames: 2)
    let file = recording.folder.write(Array("mine".utf8), to: "mine.npy")
    let refused = try CommandRun.blitz("frame", recording.path, "-n", "0", "-o", file)
    #expect(refused.ending == .exit(1) && refused.errorText.contains("--force"))
    #expect(readFile(file) == Array("mine".utf8))
    let forced = try CommandRun.blitz("frame", recording.path, "-n", "0", "-o", file, "--force")
    #expect(forced.ending == .exit(0), "\(forced.errorText)")
    #expect(try array(file).shape == [24, 32])
  }

  @Test func halfBlocksFillTheAskedSize() throws {
    let recording = SampleRecording(frames: 2, rows: 20, columns: 40)
    let run = try CommandRun.blitz(
      "frame", recording.path, "-n", "0", "--columns", "40", "--rows", "10", "--colors", "rgb")
    #expect(run.ending == .exit(0), "\(run.errorText)")
    #expect(run.text.split(separator: "\n").count == 10)
    #expect(run.text.contains("▀") || run.text.contains("▄"))
    #expect(run.text.contains("\u{1b}[38;2;") && run.text.hasSuffix("\u{1b}[0m\n"))
    #expect(TerminalAudit(run.output).foreign == [])
  }

  @Test func aFrameThatIsNotThereIsRefused() throws {
    let recording = SampleRecording(frames: 3)
    let run = try CommandRun.blitz("frame", recording.path, "-n", "3")
    #expect(run.ending == .exit(2) && run.output.isEmpty)
    #expect(run.errorText.contains("3"))
  }

  @Test func aDamagedFrameIsNotANumberAndSaidSo() throws {
    let recording = SampleRecording(frames: 4)
    let whole = readFile(recording.path + "/frame2.png")
    recording.folder.write(Array(whole.prefix(whole.count / 2)), to: "shot/frame2.png")
    let file = recording.folder.file("a.npy")
    let run = try CommandRun.blitz("frame", recording.path, "-n", "2", "-o", file)
    #expect(run.ending == .exit(3) && run.errorText.contains("frame2.png"), "\(run.errorText)")
    #expect(try array(file).values.allSatisfy(\.isNaN))
  }
}
