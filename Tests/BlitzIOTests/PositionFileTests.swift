import BlitzCore
import BlitzTestSupport
import Glibc
import Testing

@testable import BlitzIO

@Suite struct PositionFileTests {
  private let folder = TemporaryFolder()

  private func file() throws -> PositionFile {
    try PositionFile(environment: ["XDG_STATE_HOME": folder.path, "HOME": "/nonexistent"])
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func whatWasRememberedComesBack() throws {
    let file = try file()
    #expect(file.text(of: FilePath("/data/a")) == nil)
    try file.remember("frame=1", of: FilePath("/data/a"))
    try file.remember("frame=2", of: FilePath("/data/b"))
    try file.remember("frame=3 x=y", of: FilePath("/data/a"))
    #expect(file.text(of: FilePath("/data/a")) == "frame=3 x=y")
    #expect(file.text(of: FilePath("/data/b")) == "frame=2")
    #expect(mode(folder.file("blitz")) == 0o700)
    #expect(mode(folder.file("blitz/positions")) == 0o600)
  }

  @Test func aRecordingIsKnownByItsPlace() throws {
    let path = folder.makeFolder("shot")
    let link = folder.file("link")
    #expect(unsafe symlink(path, link) == 0)
    try file().remember("frame=9", of: FilePath(path + "/"))
    #expect(try file().text(of: FilePath(link)) == "frame=9")
    let bytes: [UInt8] = [0x2F, 0xFF, 0x0A, 0x20]
    try file().remember("frame=8", of: FilePath(bytes: bytes))
    #expect(try file().text(of: FilePath(bytes: bytes)) == "frame=8")
  }

  @Test func theOldestAreForgotten() throws {
    let file = try file()
    for number in 0..<PositionFile.lineLimit + 3 {
      try file.remember("frame=\(number)", of: FilePath("/\(number)"))
    }
    #expect(file.text(of: FilePath("/2")) == nil)
    #expect(file.text(of: FilePath("/3")) == "frame=3")
    #expect(throws: BlitzError.self) {
      try file.remember(String(repeating: "x", count: 9000), of: FilePath("/long"))
    }
    #expect(throws: BlitzError.self) { try file.remember("a\nb", of: FilePath("/lines")) }
  }

  @Test func garbageIsPassedOver() throws {
    let file = try file()
    try file.remember("frame=1", of: FilePath("/a"))
    let known = readFile(folder.file("blitz/positions"))
    let garbage = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    folder.write(garbage + [0x0A] + known, to: "blitz/positions")
    #expect(file.text(of: FilePath("/a")) == "frame=1")
    folder.write([UInt8](repeating: 0x61, count: 3 << 20), to: "blitz/positions")
    #expect(file.text(of: FilePath("/a")) == nil)
  }

  @Test func whatOthersCanWriteIsNotTrusted() throws {
    try file().remember("frame=1", of: FilePath("/a"))
    #expect(unsafe chmod(folder.file("blitz/positions"), 0o666) == 0)
    #expect(try file().text(of: FilePath("/a")) == nil)
    #expect(unsafe chmod(folder.file("blitz"), 0o777) == 0)
    #expect(throws: BlitzError.self) { try file().remember("frame=1", of: FilePath("/a")) }
  }

  @Test func theHomeIsTheSecondPlaceAndNoneIsAnError() throws {
    let home = try PositionFile(environment: ["XDG_STATE_HOME": "relative", "HOME": folder.path])
    try home.remember("frame=1", of: FilePath("/a"))
    #expect(readFile(folder.file(".local/state/blitz/positions")).count > 10)
    #expect(throws: BlitzError.self) { try PositionFile(environment: [:]) }
  }
}
