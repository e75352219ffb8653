import BlitzTestSupport
import CTestSupport
import Glibc
import Testing

/// A command that writes a result, without its recording and `-o`.
struct ResultCommand: CustomTestStringConvertible, Sendable {
  let name: String
  let options: [String]
  /// The ending of what it writes to a file.
  let ending: String
  var hasSummary = true

  var testDescription: String { ([name] + options).joined(separator: " ") }

  /// The words of a run over a recording into `out`.
  func words(_ path: String, _ more: String..., out: String) -> [String] {
    [Built.blitz, name, path] + options + more + ["-o", out]
  }

  static let all = [
    ResultCommand(name: "project", options: ["--op", "std"], ending: "npy"),
    ResultCommand(name: "project", options: ["--op", "median"], ending: "tif"),
    ResultCommand(
      name: "trace", options: ["--roi", "ellipse:3,3,20,15", "--stat", "mean,median,std"],
      ending: "csv"),
    ResultCommand(
      name: "profile", options: ["-n", "2", "--row", "7", "--width", "5"], ending: "csv"),
    ResultCommand(name: "frame", options: ["-n", "2"], ending: "png", hasSummary: false),
    ResultCommand(name: "convert", options: [], ending: "npy"),
    ResultCommand(name: "convert", options: ["--size", "0.5"], ending: "tif"),
  ]
}

/// What must hold for every command that writes a result.
@Suite struct EveryCommandTests {
  private let recording = SampleRecording(frames: 9, rows: 48, columns: 64)

  private func run(_ words: [String]) throws -> CommandRun {
    try CommandRun(words, environment: environment())
  }

  @Test(arguments: ResultCommand.all, ["", "mean:0:4", "center:5"])
  func threadsChangeNoByte(_ command: ResultCommand, subtract: String) throws {
    let correction = subtract.isEmpty ? [] : ["--subtract", subtract, "--divide", "max:1:6@40%"]
    let results = try [1, 2, 3, 8].map { threads in
      let out = recording.folder.file("t\(threads).\(command.ending)")
      let words = command.words(recording.path, "--threads", "\(threads)", out: out) + correction
      let run = try run(words)
      #expect(run.ending == .exit(0), "\(run.errorText)")
      return readFile(out)
    }
    #expect(results[0].count > 60)
    for (other, threads) in zip(results.dropFirst(), [2, 3, 8]) {
      #expect(other == results[0], "\(threads) threads")
    }
  }

  @Test(arguments: ResultCommand.all) func skippedInputsAreListed(_ command: ResultCommand) throws {
    let whole = readFile(recording.path + "/frame2.png")
    recording.folder.write(Array(whole.prefix(whole.count / 2)), to: "shot/frame2.png")
    let out = recording.folder.file("out.\(command.ending)")
    let run = try run(
      command.words(recording.path, out: out) + (command.hasSummary ? ["--json"] : []))
    #expect(run.ending == .exit(3), "\(run.errorText)")
    #expect(run.errorText.contains("frame2.png") && !readFile(out).isEmpty)
    guard command.hasSummary else { return }
    let list = run.text.firstMatch(of: /"skipped" : \[([^\]]*)\]/)
    let skipped = try #require(list).output.1
    #expect(skipped.contains("frame2.png") && skipped.contains("\"reason\""), "\(run.text)")
  }

  /// An array of nothing but NaN would be taken for a result.
  @Test(arguments: ResultCommand.all.filter { ["project", "trace", "convert"].contains($0.name) })
  func whereNoFrameCanBeReadNothingIsWritten(_ command: ResultCommand) throws {
    for name in try FolderListing.names(recording.path) {
      let whole = readFile("\(recording.path)/\(name)")
      recording.folder.write(Array(whole.prefix(whole.count / 2)), to: "shot/\(name)")
    }
    let out = recording.folder.file("none.\(command.ending)")
    let run = try run(command.words(recording.path, out: out))
    #expect(run.ending == .exit(1), "\(run.errorText)")
    #expect(run.errorText.contains("no frame can be read") && readFile(out).isEmpty)
  }

  @Test(arguments: ResultCommand.all) func aFullDeviceIsAnError(_ command: ResultCommand) throws {
    let link = recording.folder.file("full.\(command.ending)")
    #expect(unsafe symlink("/dev/full", link) == 0)
    let run = try run(command.words(recording.path, out: link))
    #expect(run.ending == .exit(1) && run.errorText.contains("o space left"), "\(run.errorText)")
    #expect(FileKindProbe.isDevice(link))
  }

  @Test(arguments: ResultCommand.all) func aNamedPipeIsWrittenInPlace(_ command: ResultCommand)
    throws
  {
    let pipe = recording.folder.file("pipe.\(command.ending)")
    let file = recording.folder.file("file.\(command.ending)")
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let copy = recording.folder.file("copy")
    let words = command.words(recording.path, out: pipe).map { "'\($0)'" }.joined(separator: " ")
    let through = try run([
      "bash", "-c", "cat '\(pipe)' > '\(copy)' & \(words); s=$?; wait; exit $s",
    ])
    #expect(through.ending == .exit(0), "\(through.errorText)")
    #expect(try run(command.words(recording.path, out: file)).ending == .exit(0))
    #expect(!readFile(file).isEmpty && readFile(copy) == readFile(file))
  }

  @Test(arguments: ResultCommand.all) func aReaderThatLeftIsNoMessage(_ command: ResultCommand)
    throws
  {
    var output: [Int32] = [-1, -1]
    var errors: [Int32] = [-1, -1]
    #expect(unsafe test_pipe(&output) == 0 && test_pipe(&errors) == 0)
    close(output[0])
    let words = command.words(recording.path, "--quiet", out: "-")
    let child = try ChildProcess(
      words.map { Array($0.utf8) }, environment: environment(),
      descriptors: [-1, output[1], errors[1]])
    close(output[1])
    close(errors[1])
    #expect(child.wait() == .signal(SIGPIPE))
    var byte: UInt8 = 0
    let count = unsafe read(errors[0], &byte, 1)
    #expect(count == 0)
    close(errors[0])
  }

  /// As somebody for whom the folder is read-only; the superuser's files are never.
  @Test(arguments: ResultCommand.all) func aFolderThatIsReadOnlyIsNamed(_ command: ResultCommand)
    throws
  {
    let target = recording.folder.makeFolder("readonly")
    #expect(unsafe chmod(recording.folder.path, 0o755) == 0 && chmod(target, 0o555) == 0)
    let out = target + "/out.\(command.ending)"
    let somebody =
      geteuid() == 0
      ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] : []
    let run = try run(somebody + command.words(recording.path, out: out))
    #expect(
      run.ending == .exit(1) && run.errorText.contains("ermission denied"), "\(run.errorText)")
    #expect(run.errorText.contains(target))
    #expect(try FolderListing.names(target).isEmpty)
  }
}

/// What stands at a path once links are followed.
private enum FileKindProbe {
  static func isDevice(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
  }
}
