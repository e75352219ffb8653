import BlitzCore
import BlitzTestSupport
import CFaultShims
import Foundation
import Testing

@testable import BlitzIO

@Suite struct MappedFileTests {
  private let page = Int(sysconf(Int32(_SC_PAGESIZE)))

  private func open(pages: Int) throws -> (file: MappedFile, path: String, folder: TemporaryFolder)
  {
    let folder = TemporaryFolder()
    let path = folder.write([UInt8](repeating: 7, count: pages * page), to: "a.bin")
    return (try MappedFile(path: FilePath(path)), path, folder)
  }

  private func sum(_ file: MappedFile, _ range: Range<Int>) -> Int {
    file.withBytes(range) { bytes in bytes.indices.reduce(0) { $0 + Int(bytes[$1]) } }
  }

  @Test func readsAndVouches() throws {
    let (file, path, folder) = try open(pages: 3)
    #expect(sum(file, 0..<3 * page) == 3 * page * 7)
    #expect(throws: Never.self) { try file.verify(0..<3 * page) }
    #expect(file.prefix(5) == [7, 7, 7, 7, 7])
    #expect(file.prefix(1 << 30).count == 3 * page)
    _ = (path, folder)
  }

  @Test func aFileCutUnderTheMapLosesItsPagesOnly() throws {
    let (file, path, folder) = try open(pages: 8)
    try #require(unsafe truncate(path, 2 * page) == 0)
    #expect(sum(file, 0..<8 * page) == 2 * page * 7)
    #expect(!file.hasLost(0..<2 * page))
    #expect(file.hasLost(2 * page..<2 * page + 1))
    #expect(file.hasLost(0..<8 * page))
    let error = #expect(throws: BlitzError.self) { try file.verify(0..<8 * page) }
    #expect(error?.kind == .damagedInput)
    #expect(error?.reason.text.contains("byte \(2 * page)") == true)
    #expect(error?.subject.text == path)
    _ = folder
  }

  @Test func aFileCutAndGrownAgainIsNotBelieved() throws {
    let (file, path, folder) = try open(pages: 4)
    try #require(unsafe truncate(path, 0) == 0)
    try #require(unsafe truncate(path, 4 * page) == 0)
    #expect(sum(file, 0..<4 * page) == 0)
    #expect(!file.hasLost(0..<4 * page))
    #expect(throws: BlitzError.self) { try file.verify(0..<page) }
    _ = folder
  }

  @Test func aFileDeletedOrReplacedStaysReadable() throws {
    let (file, path, folder) = try open(pages: 2)
    let other = folder.write([1, 2, 3], to: "b.bin")
    #expect(unsafe rename(other, path) == 0)
    #expect(sum(file, 0..<2 * page) == 2 * page * 7)
    #expect(throws: Never.self) { try file.verify(0..<2 * page) }
  }

  @Test func lossIsFoundAcrossWordsOfTheBitmap() throws {
    let (file, path, folder) = try open(pages: 200)
    try #require(unsafe truncate(path, 150 * page) == 0)
    #expect(sum(file, 177 * page..<177 * page + 1) == 0)
    #expect(file.hasLost(0..<200 * page))
    #expect(!file.hasLost(0..<177 * page))
    #expect(file.hasLost(177 * page + 5..<177 * page + 6))
    #expect(!file.hasLost(178 * page..<200 * page))
    _ = folder
  }

  @Test func releasedPagesReadAgain() throws {
    let (file, _, folder) = try open(pages: 6)
    #expect(sum(file, 0..<6 * page) == 6 * page * 7)
    file.release(1..<5 * page + 1)
    file.release(3..<4)
    #expect(sum(file, 0..<6 * page) == 6 * page * 7)
    _ = folder
  }

  @Test func manyMapsComeAndGo() async {
    // In a process of its own, for it fills the table that all tests share.
    await #expect(processExitsWith: .success) {
      let folder = TemporaryFolder()
      let path = FilePath(folder.file("a.bin", [7]))
      for _ in 0..<600 { try #require(try MappedFile(path: path).byteCount == 1) }
      var held: [MappedFile] = []
      let error = #expect(throws: BlitzError.self) {
        for _ in 0..<300 { held.append(try MappedFile(path: path)) }
      }
      try #require(error?.kind == .limit)
      try #require(held.count == 256)
    }
  }

  @Test func aFaultOutsideEveryMapRestoresTheTerminalAndKills() async throws {
    let result = try await #require(
      processExitsWith: .signal(SIGBUS), observing: [\.standardOutputContent]
    ) {
      blz_faults_on_death { _ = unsafe write(1, "restored", 8) }
      let file = unsafe tmpfile()
      let descriptor = unsafe fileno(file)
      ftruncate(descriptor, 4096)
      let map = unsafe mmap(nil, 4096, PROT_READ, MAP_SHARED, descriptor, 0)
      ftruncate(descriptor, 0)
      if let map = unsafe map { _ = unsafe map.load(as: UInt8.self) }
    }
    #expect(String(decoding: result.standardOutputContent, as: UTF8.self).contains("restored"))
  }

  @Test func aSentSignalKills() async throws {
    let result = try await #require(
      processExitsWith: .signal(SIGBUS), observing: [\.standardOutputContent]
    ) {
      blz_faults_on_death { _ = unsafe write(1, "restored", 8) }
      raise(SIGBUS)
    }
    #expect(String(decoding: result.standardOutputContent, as: UTF8.self).contains("restored"))
  }
}
