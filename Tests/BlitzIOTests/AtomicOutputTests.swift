import BlitzCore
import BlitzIO
import BlitzTestSupport
import Glibc
import Testing

@Suite struct AtomicOutputTests {
  private let folder = TemporaryFolder()
  private let text = Array("new content".utf8)

  private func write(
    to name: String, force: Bool = false, inputs: [String] = [], commits: Bool = true
  ) throws(BlitzError) {
    let output = try AtomicOutput(
      FilePath(folder.file(name)), force: force, inputs: inputs.map { FilePath(folder.file($0)) })
    try output.write(text.span)
    if commits { try output.commit() }
  }

  private func names() throws -> [String] {
    try FolderListing.names(folder.path)
  }

  @Test func theFileIsCompleteUnderItsName() throws {
    try write(to: "out")
    #expect(readFile(folder.file("out")) == text)
    #expect(try names() == ["out"])
  }

  @Test func withoutCommitNothingIsLeft() throws {
    try write(to: "out", commits: false)
    #expect(try names() == [])
  }

  @Test func anExistingFileStaysUnlessForced() throws {
    folder.write([1], to: "out")
    let error = #expect(throws: BlitzError.self) { try write(to: "out") }
    #expect(error?.exitCode == 2)
    #expect(error?.hint?.text.contains("--force") == true)
    #expect(readFile(folder.file("out")) == [1])
    try write(to: "out", force: true, commits: false)
    #expect(readFile(folder.file("out")) == [1])
    try write(to: "out", force: true)
    #expect(readFile(folder.file("out")) == text)
    #expect(try names() == ["out"])
  }

  @Test func aFileThatAppearsMeanwhileIsNotReplaced() throws {
    let output = try AtomicOutput(FilePath(folder.file("out")))
    folder.write([2], to: "out")
    var refusal: BlitzError?
    do throws(BlitzError) { try output.commit() } catch { refusal = error }
    #expect(refusal?.reason.text == "exists")
    #expect(readFile(folder.file("out")) == [2])
    #expect(try names() == ["out"])
  }

  @Test func theInputIsNeverTheOutput() throws {
    folder.write([3], to: "in")
    #expect(unsafe link(folder.file("in"), folder.file("hard")) == 0)
    #expect(unsafe symlink("in", folder.file("soft")) == 0)
    for name in ["in", "hard", "soft"] {
      let error = #expect(throws: BlitzError.self) {
        try write(to: name, force: true, inputs: ["in"])
      }
      #expect(error?.kind == .usage)
    }
    #expect(readFile(folder.file("in")) == [3])
  }

  @Test func foldersAreRefused() throws {
    _ = folder.makeFolder("there")
    #expect(throws: BlitzError.self) { try write(to: "there", force: true) }
    #expect(throws: BlitzError.self) { try write(to: "missing/out") }
  }

  @Test func whatIsNotRegularIsWrittenInPlace() throws {
    let output = try AtomicOutput(FilePath("/dev/full"))
    var refusal: BlitzError?
    do throws(BlitzError) { try output.write(text.span) } catch { refusal = error }
    #expect(refusal?.kind == .system)
    #expect(refusal?.reason.text.contains("no space left") == true)
    let sink = try AtomicOutput(FilePath("/dev/null"))
    try sink.write(text.span)
    try sink.commit()
  }
}
