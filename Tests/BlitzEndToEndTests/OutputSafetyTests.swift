import BlitzTestSupport
import Glibc
import Testing

@Suite struct OutputSafetyTests {
  private let recording = SampleRecording(frames: 3)

  private func shell(_ command: String) throws -> CommandRun {
    try CommandRun(
      ["bash", "-c", command, Built.blitz, recording.path], environment: environment(),
      folder: recording.folder.path)
  }

  @Test func theRecordingIsNeverAnOutput() throws {
    let frame = recording.path + "/frame1.png"
    let before = readFile(frame)
    for arguments in [
      ["frame", recording.path, "-n", "0", "-o", frame, "--force"],
      ["frame", frame, "-n", "0", "-o", frame, "--force"],
      ["convert", recording.path, "-o", recording.path + "/%05d.png", "--force"],
    ] {
      let run = try CommandRun([Built.blitz] + arguments, environment: environment())
      #expect(run.ending == .exit(2) && run.errorText.contains("recording"), "\(run.errorText)")
    }
    #expect(readFile(frame) == before)
  }

  @Test func theRecordingIsNoOutputUnderAnotherName() throws {
    let frame = recording.path + "/frame1.png"
    let before = readFile(frame)
    let links = recording.folder.makeFolder("links")
    for (from, to) in [(frame, "soft.png"), (recording.path, "folder")] {
      #expect(unsafe symlink(from, links + "/" + to) == 0)
    }
    #expect(unsafe link(frame, links + "/hard.png") == 0)
    for arguments in [
      ["frame", frame, "-n", "0", "-o", links + "/soft.png", "--force"],
      ["frame", frame, "-n", "0", "-o", links + "/hard.png", "--force"],
      ["frame", recording.path, "-n", "0", "-o", links + "/folder/frame0.png", "--force"],
      ["frame", links + "/folder", "-n", "0", "-o", frame, "--force"],
      ["convert", recording.path, "-o", links + "/folder/%d.png", "--force"],
      ["convert", links + "/folder", "-o", recording.path + "/%d.png", "--force"],
      ["project", recording.path, "--op", "mean", "-o", recording.path, "--force"],
    ] {
      let run = try CommandRun([Built.blitz] + arguments, environment: environment())
      #expect(run.ending == .exit(2), "\(arguments): \(run.errorText)")
    }
    // A second name for a frame of the folder is replaced; the frame is not.
    let run = try CommandRun.blitz(
      "frame", recording.path, "-n", "0", "-o", links + "/hard.png", "--force")
    #expect(run.ending == .exit(0), "\(run.errorText)")
    #expect(readFile(frame) == before && readFile(links + "/hard.png") != before)
    #expect(try FolderListing.names(recording.path).count == 3)
  }

  @Test(arguments: [
    "project --op mean", "convert", "trace --roi point:1,1", "frame -n 0",
    "profile -n 0 --row 1",
  ])
  func aFullDiskIsAnError(command: String) throws {
    let words = command.split(separator: " ", maxSplits: 1)
    let run = try shell("$0 \(words[0]) $1 \(words.dropFirst().joined()) -o - > /dev/full")
    #expect(run.ending == .exit(1), "\(run.errorText)")
    #expect(run.errorText.contains("o space left"), "\(run.errorText)")
  }

  /// What is said to nobody must neither stop the work nor end up in its output.
  @Test(arguments: ["2>&-", "<&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
  func outputsThatAreClosedChangeNothing(redirection: String) throws {
    let whole = try CommandRun.blitz("convert", recording.path, "-o", "-").output
    let out = recording.folder.file("out.npy")
    let run = try shell("$0 convert $1 -o '\(out)' \(redirection)")
    #expect(run.ending == .exit(0))
    #expect(readFile(out) == whole && whole.count > 128)
  }

  @Test func aResultThatNobodyCanGetIsAnError() throws {
    let run = try shell("$0 info $1 <&- >&-")
    #expect(run.ending == .exit(1) && run.errorText == "blitz: output: it is closed\n")
  }

  @Test func aReaderThatLeavesIsNoMessage() throws {
    let run = try shell("$0 convert $1 --quiet -o - | head -c 1 > /dev/null; exit ${PIPESTATUS[0]}")
    #expect(run.ending == .exit(141) || run.ending == .exit(1) || run.ending == .exit(0))
    #expect(run.errors.isEmpty, "\(run.errorText)")
  }

  @Test func whatCannotBeWrittenIsNamed() throws {
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "mean", "-o", "/nonexistent/folder/m.npy")
    #expect(run.ending == .exit(1))
    let reason = "cannot be written: no such file or folder"
    #expect(
      run.errorText.contains("blitz: /nonexistent/folder/m.npy: \(reason)"), "\(run.errorText)")
  }

  @Test func anExistingFolderIsKeptUnlessForced() throws {
    let folder = recording.folder.makeFolder("there")
    recording.folder.write([1], to: "there/mine.txt")
    let pattern = folder + "/%d.png"
    let refused = try CommandRun.blitz("convert", recording.path, "-o", pattern)
    #expect(refused.ending == .exit(1) && refused.errorText.contains("--force"))
    let forced = try CommandRun.blitz("convert", recording.path, "-o", pattern, "--force")
    #expect(forced.ending == .exit(0), "\(forced.errorText)")
    #expect(readFile(folder + "/mine.txt") == [1] && !readFile(folder + "/2.png").isEmpty)
  }
}
