import BlitzCore
import BlitzIO
import BlitzTestSupport
import Testing

@Suite struct AtomicFolderTests {
  private let folder = TemporaryFolder()

  private func write(_ text: String, _ name: String, in target: borrowing AtomicFolder) throws {
    let output = try target.output(Array(name.utf8))
    try output.write(Array(text.utf8).span)
    try output.commit()
  }

  private func names() throws -> [String] { try FolderListing.names(folder.path) }

  @Test func nothingHasItsNameBeforeAllIsThere() throws {
    let target = try AtomicFolder(FilePath(folder.file("out")), force: false)
    try write("a", "1", in: target)
    try write("b", "2", in: target)
    #expect(try names().allSatisfy { $0.hasPrefix(".out.") && $0.hasSuffix(".partial") })
    try target.commit()
    #expect(try names() == ["out"])
    #expect(readFile(folder.file("out/1")) == Array("a".utf8))
    #expect(try FolderListing.names(folder.file("out")).sorted() == ["1", "2"])
  }

  @Test func withoutCommitNothingIsLeft() throws {
    do {
      let target = try AtomicFolder(FilePath(folder.file("out")), force: false)
      try write("a", "1", in: target)
    }
    #expect(try names() == [])
  }

  @Test func aFileIsWrittenOnce() throws {
    let target = try AtomicFolder(FilePath(folder.file("out")), force: false)
    try write("a", "1", in: target)
    #expect(throws: BlitzError.self) { try write("b", "1", in: target) }
    try target.commit()
    #expect(readFile(folder.file("out/1")) == Array("a".utf8))
  }

  @Test func aNameTakenMeanwhileIsKept() throws {
    let error = #expect(throws: BlitzError.self) {
      let target = try AtomicFolder(FilePath(folder.file("out")), force: false)
      try write("a", "1", in: target)
      _ = folder.makeFolder("out")
      folder.write([1], to: "out/mine")
      try target.commit()
    }
    #expect(error?.kind == .system)
    #expect(try names() == ["out"])
    #expect(try FolderListing.names(folder.file("out")) == ["mine"])
  }

  @Test func aFolderThatIsThereIsTakenByForceAlone() throws {
    _ = folder.makeFolder("out")
    folder.write([1], to: "out/mine")
    folder.write([2], to: "out/1")
    let path = FilePath(folder.file("out"))
    #expect(throws: BlitzError.self) { _ = try AtomicFolder(path, force: false) }
    let target = try AtomicFolder(path, force: true)
    try write("a", "1", in: target)
    try target.commit()
    #expect(readFile(folder.file("out/1")) == Array("a".utf8))
    #expect(readFile(folder.file("out/mine")) == [1])
    folder.write([1], to: "file")
    #expect(throws: BlitzError.self) {
      _ = try AtomicFolder(FilePath(folder.file("file")), force: true)
    }
  }
}
