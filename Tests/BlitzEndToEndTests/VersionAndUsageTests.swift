import BlitzTestSupport
import Testing

@Suite struct VersionAndUsageTests {
  @Test func versionIsOneLine() throws {
    let run = try CommandRun.blitz("--version")
    #expect(run.ending == .exit(0) && run.errors.isEmpty)
    #expect(run.text.wholeMatch(of: /blitz \d+\.\d+\.\d+\n/) != nil, "\(run.text)")
  }

  @Test func helpNamesEveryCommand() throws {
    let run = try CommandRun.blitz("--help")
    #expect(run.ending == .exit(0))
    for command in ["view", "info", "frame", "keys", "demo"] {
      #expect(run.text.contains(command), "\(command)")
    }
  }

  @Test(arguments: [
    ["--nonsense"], ["info", "--nonsense", "x"], ["frame", "x", "-n", "0", "--nonsense"],
  ])
  func anUnknownOptionIsNamed(arguments: [String]) throws {
    let run = try CommandRun([Built.blitz] + arguments, environment: environment())
    #expect(run.ending == .exit(2) && run.output.isEmpty)
    #expect(run.errorText.contains("--nonsense"), "\(run.errorText)")
  }

  @Test(arguments: [
    ["info"], ["frame"], ["frame", "x", "-n", "many"], ["info", "x", "--range", "abc"],
    ["info", "x", "--range", "--gray"], ["info", "x", "--size", "0"], ["info", "x", "--size", "2"],
    ["info", "x", "--crop", "1,2,3"], ["info", "x", "--max-ram", "4Q"],
    ["info", "x", "--mixed", "maybe"], ["info", "x", "--threads", "0"], ["info", "x", "y"],
  ])
  func whatMakesNoSenseIsAUsageError(arguments: [String]) throws {
    let run = try CommandRun([Built.blitz] + arguments, environment: environment())
    #expect(run.ending == .exit(2) && run.output.isEmpty, "\(run.errorText)")
    #expect(!run.errorText.isEmpty)
  }

  @Test func aMissingPathIsNamed() throws {
    let run = try CommandRun.blitz("info", "/nonexistent/shot")
    #expect(run.ending == .exit(1) && run.output.isEmpty)
    #expect(run.errorText.contains("/nonexistent/shot"))
  }

  /// The system's own queues end a process that cannot open enough.
  @Test(arguments: [("-n 6", 1), ("-S -n 6", 0)])
  func tooFewOpenFilesAreSaidOrRaised(limit: String, code: Int32) throws {
    let recording = SampleRecording(frames: 9)
    let words = [Built.blitz, "project", recording.path, "--op", "mean", "-o", "-"]
    let run = try CommandRun(
      ["bash", "-c", "ulimit \(limit); exec \"$@\"", "bash"] + words, environment: environment())
    #expect(run.ending == .exit(code), "\(run.errorText)")
    #expect(run.errorText.contains("open files") == (code != 0), "\(run.errorText)")
  }

  @Test func theViewerRefusesWithoutATerminal() throws {
    let recording = SampleRecording(frames: 2)
    for arguments in [[recording.path], ["view", recording.path], ["demo"]] {
      let run = try CommandRun([Built.blitz] + arguments, environment: environment())
      #expect(run.ending == .exit(2) && run.output.isEmpty)
      #expect(run.errorText.contains("blitz frame"), "\(run.errorText)")
    }
  }

  @Test(arguments: ["dumb", ""])
  func theViewerRefusesATerminalThatCannotDraw(name: String) throws {
    let recording = SampleRecording(frames: 2)
    let screen = try PTYScreen.blitz(
      recording.path, environment: ["TERM": name.isEmpty ? nil : name])
    #expect(screen.waitForEnd() == .exit(2))
    let output = String(decoding: screen.output, as: UTF8.self)
    #expect(output.contains("blitz frame") && !output.contains("\u{1b}"), "\(output)")
  }
}
