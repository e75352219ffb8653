@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Glibc
import Testing

@Suite struct FolderScanTests {
  private let folder = TemporaryFolder()

  private func scan() throws -> FolderScan { try FolderScan(FilePath(folder.path)) }

  private func texts(_ names: FileNames) -> [String] {
    names.map { String(decoding: $0, as: UTF8.self) }
  }

  private func add(_ names: String...) { for name in names { folder.write([], to: name) } }

  @Test func theMostFrequentFormatWinsWhateverTheCase() throws {
    add("b10.PNG", "b9.png", "c.Png", "a.jpg", "z.JPEG", "notes.txt", ".hidden.png")
    let scan = try scan()
    #expect(scan.format.name == "png")
    #expect(texts(scan.names) == ["b9.png", "b10.PNG", "c.Png"])
    #expect(scan.skipped.isEmpty)
  }

  @Test func extensionsOfOneFormatCountTogetherAndTiesAreAlphabetical() throws {
    add("a.jpg", "b.jpeg", "c.png")
    #expect(try scan().format.name == "jpeg")
    add("d.png")
    #expect(try scan().format.name == "jpeg")
    add("e.png")
    #expect(try scan().format.name == "png")
  }

  @Test func whatIsNoRegularFileIsListedAndNeverBlocks() throws {
    add("1.png", "2.png")
    _ = folder.makeFolder("folder.png")
    #expect(unsafe mkfifo(folder.file("pipe.png"), 0o644) == 0)
    #expect(unsafe symlink("/dev/zero", folder.file("zero.png")) == 0)
    #expect(unsafe symlink("loop.png", folder.file("loop.png")) == 0)
    #expect(unsafe symlink("1.png", folder.file("3.png")) == 0)
    let scan = try scan()
    #expect(texts(scan.names) == ["1.png", "2.png", "3.png"])
    let listed = scan.skipped.map { $0.path.text.split(separator: "/").last ?? "" }
    #expect(listed == ["folder.png", "loop.png", "pipe.png", "zero.png"])
    #expect(scan.skipped.allSatisfy { $0.reason.text == "not a regular file" })
  }

  @Test func namesAreBytes() throws {
    folder.write([], name: [0xff, 0x31, 0x30] + Array(".png".utf8))
    folder.write([], name: [0xff, 0x32] + Array(".png".utf8))
    folder.write([], name: Array("line\nfeed.png".utf8))
    let scan = try scan()
    #expect(scan.names.map { $0.first } == [0x6c, 0xff, 0xff])
    #expect(scan.names[1].dropFirst().first == 0x32)
  }

  @Test func nothingUsableIsRefusedWithAHint() throws {
    let empty = #expect(throws: BlitzError.self) { try scan() }
    #expect(empty?.kind == .missingInput)
    #expect(empty?.hint?.text.contains("png") == true)
    let missing = #expect(throws: BlitzError.self) {
      try FolderScan(FilePath(folder.file("nowhere")))
    }
    #expect(missing?.reason.text == "no such file or folder")
  }

  @Test(.enabled(if: StackFormat.all.contains { !$0.isImage }))
  func aFolderOfRecordingsIsRefusedWithOneOfThemAsHint() throws {
    let other = try #require(StackFormat.all.first { !$0.isImage })
    add("run." + other.extensions[0])
    let error = #expect(throws: BlitzError.self) { try scan() }
    #expect(error?.kind == .usage)
    #expect(error?.hint?.text.contains(folder.file("run." + other.extensions[0])) == true)
  }
}
