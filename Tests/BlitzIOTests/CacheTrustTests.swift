import BlitzCore
import BlitzTestSupport
import Glibc
import Testing

@testable import BlitzIO

/// Stale, planted and changed files: none of them is taken for a stack.
@Suite struct CacheTrustTests {
  let folder = TemporaryFolder()

  @Test func anotherPlaceOrImageIsAnotherKey() throws {
    let first = try recording()
    try cache().build(first, options: LoadOptions())
    // The very file under another name.
    #expect(unsafe rename(folder.file("a.npy"), folder.file("b.npy")) == 0)
    let moved = try Recording.open(folder.file("b.npy"), options: LoadOptions())
    #expect(cache().stack(of: moved, options: LoadOptions()) == nil)
    #expect(unsafe rename(folder.file("b.npy"), folder.file("a.npy")) == 0)
    #expect(cache().stack(of: first, options: LoadOptions()) != nil)
    // A byte more, with the time of last write kept.
    var status = stat()
    #expect(unsafe stat(folder.file("a.npy"), &status) == 0)
    folder.write(readFile(folder.file("a.npy")) + [0], to: "a.npy")
    var times = [status.st_atim, status.st_mtim]
    #expect(unsafe utimensat(AT_FDCWD, folder.file("a.npy"), &times, 0) == 0)
    #expect(cache().stack(of: first, options: LoadOptions()) == nil)
  }

  @Test func everyImageOfAFolderCounts() throws {
    let place = folder.makeFolder("shot")
    func image(_ name: String, _ value: UInt16) {
      let samples = [UInt16](repeating: value, count: 4)
      folder.write(PNGFile(width: 2, height: 2, samples: samples).bytes, to: "shot/" + name)
    }
    func isCached() throws -> Bool {
      let recording = try Recording.open(place, options: LoadOptions()).verified()
      return cache().stack(of: recording, options: LoadOptions()) != nil
    }
    for i in 0..<3 { image("\(i).png", UInt16(i)) }
    try cache().build(try Recording.open(place, options: LoadOptions()), options: LoadOptions())
    #expect(try isCached())
    folder.write(Array("notes".utf8), to: "shot/notes.txt")
    #expect(try isCached())
    image("3.png", 3)
    #expect(try !isCached())
    #expect(unsafe unlink(folder.file("shot/3.png")) == 0)
    #expect(try isCached())
    #expect(unsafe rename(folder.file("shot/2.png"), folder.file("shot/5.png")) == 0)
    #expect(try !isCached())
    #expect(unsafe rename(folder.file("shot/5.png"), folder.file("shot/2.png")) == 0)
    #expect(try isCached())
    image("1.png", 9)
    #expect(try !isCached())
  }

  @Test func theKeyNamesWhatDecodes() throws {
    let key = try #require(CacheKey(try recording(), LoadOptions()))
    for library in ["libpng 1.", "libjpeg ", "LIBTIFF", "libdeflate "] {
      #expect(key.text.contains(library), "\(library): \(key.text)")
    }
    #expect(!key.text.contains("FFmpeg"))
    let video = try Recording.open(videoFixture("mjpeg.avi"), options: LoadOptions())
    let versions = try #require(CacheKey(video, LoadOptions())).text
    #expect(versions.contains(/FFmpeg \d+\.\d+\.\d+ \d+/), "\(versions)")
  }

  @Test func aRecordOfAnotherKeyIsNotTaken() throws {
    let recording = try recording()
    let built = try cache().build(recording, options: LoadOptions())
    let path = "cache/blitz/\(built.name).json"
    let record = try #require(CacheRecord(json: readFile(folder.file(path))))
    let lines = record.key.split(separator: "\n").map(String.init)
    #expect(lines.count >= 5)
    for line in lines.indices {
      var changed = lines
      changed[line] = String(changed[line].dropLast()) + "~"
      var other = record
      other.key = changed.joined(separator: "\n")
      folder.write(Array(other.json.utf8), to: path)
      #expect(cache().stack(of: recording, options: LoadOptions()) == nil, "\(changed[line])")
    }
    folder.write(Array(record.json.utf8), to: path)
    #expect(cache().stack(of: recording, options: LoadOptions()) != nil)
  }

  /// Only the superuser can give a file away.
  @Test(.enabled(if: geteuid() == 0), arguments: ["npy", "json", ""])
  func whatSomebodyElseOwnsIsNotOpened(ending: String) throws {
    let recording = try recording()
    let built = try cache().build(recording, options: LoadOptions())
    let path = folder.file(
      ending.isEmpty ? "cache/blitz" : "cache/blitz/\(built.name).\(ending)")
    #expect(unsafe chown(path, 65534, 65534) == 0)
    #expect(cache().stack(of: recording, options: LoadOptions()) == nil)
    if ending.isEmpty {
      #expect(throws: BlitzError.self) { try cache().entries() }
      #expect(throws: BlitzError.self) { try cache().build(recording, options: LoadOptions()) }
    } else {
      #expect(try cache().entries().map(\.name) == [built.name])
      #expect(try cache().entries().first?.stack == nil)
      let again = try cache().build(recording, options: LoadOptions())
      #expect(try samples(again) == (0..<60).map { Float($0) })
    }
  }

  @Test func plantedLinksAreReplacedAndNotFollowed() throws {
    let recording = try recording()
    let built = try cache().build(recording, options: LoadOptions())
    let mine = folder.write([7], to: "mine")
    for ending in ["npy", "json"] {
      let path = folder.file("cache/blitz/\(built.name).\(ending)")
      #expect(unsafe unlink(path) == 0 && symlink(mine, path) == 0)
      let again = try cache().build(recording, options: LoadOptions())
      #expect(try samples(again) == (0..<60).map { Float($0) })
      #expect(readFile(mine) == [7])
    }
    // A lock that leads elsewhere is refused rather than written through.
    let lock = folder.file("cache/blitz/\(built.name).lock")
    #expect(unsafe unlink(lock) == 0 && symlink(mine, lock) == 0)
    try cache().clear()
    #expect(throws: BlitzError.self) { try cache().build(recording, options: LoadOptions()) }
    #expect(readFile(mine) == [7])
  }

  @Test func plantedFilesAreNotOpened() throws {
    let recording = try recording()
    let built = try cache().build(recording, options: LoadOptions())
    let data = folder.file("cache/blitz/\(built.name).npy")
    func isFound() -> Bool { cache().stack(of: recording, options: LoadOptions()) != nil }
    #expect(unsafe chmod(data, 0o620) == 0)
    #expect(!isFound())
    #expect(unsafe chmod(data, 0o600) == 0)
    #expect(isFound())
    #expect(unsafe rename(data, folder.file("moved")) == 0)
    #expect(unsafe symlink(folder.file("moved"), data) == 0)
    #expect(!isFound())
    #expect(unsafe rename(folder.file("moved"), data) == 0)
    #expect(isFound())
    #expect(unsafe chmod(folder.file("cache/blitz"), 0o777) == 0)
    #expect(!isFound())
    #expect(throws: BlitzError.self) { try cache().build(recording, options: LoadOptions()) }
  }
}

extension CacheTrustTests: CacheSuite {}
