import BlitzCore
import BlitzTestSupport
import Glibc
import Testing

@testable import BlitzIO

@Suite struct StackCacheTests {
  let folder = TemporaryFolder()

  @Test func roomIsKnownBeforeAnythingIsMade() throws {
    let recording = try recording()
    let room = try cache(in: "not/there/yet").room(for: recording, options: LoadOptions())
    let bytes = try cache().byteCount(of: recording, options: LoadOptions())
    #expect(room.bytes == bytes && room.free > 0 && room.isEnough)
    #expect(try !cache(limit: bytes - 1).room(for: recording, options: LoadOptions()).isEnough)
    let built = try cache().build(recording, options: LoadOptions())
    #expect(built.byteCount == bytes)
  }

  @Test func whatIsBuiltIsFoundAndTheSame() throws {
    let recording = try recording()
    var steps: [Int] = []
    #expect(cache().stack(of: recording, options: LoadOptions()) == nil)
    let built = try cache().build(
      recording, options: LoadOptions(),
      progress: { done, _ in
        steps.append(done)
      })
    #expect(steps == [4])
    #expect(try samples(built) == (0..<60).map { Float($0) })
    try built.verify()
    let found = try #require(cache().stack(of: recording, options: LoadOptions()))
    #expect(found.name == built.name)
    #expect(try samples(found) == (0..<60).map { Float($0) })
    #expect(cache().stacks().map(\.source) == [folder.file("a.npy")])
  }

  @Test func filesAreThisUsersAlone() throws {
    let before = umask(0)
    defer { umask(before) }
    let built = try cache().build(try recording(), options: LoadOptions())
    func mode(_ path: String) -> mode_t {
      var status = stat()
      return unsafe stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }
    #expect(mode(folder.file("cache/blitz")) == 0o700)
    for ending in ["npy", "json", "lock"] {
      #expect(mode(folder.file("cache/blitz/\(built.name).\(ending)")) == 0o600)
    }
  }

  @Test func everyPartOfTheKeyCounts() throws {
    let recording = try recording()
    try cache().build(recording, options: LoadOptions())
    let changes: [@Sendable (inout LoadOptions) -> Void] = [
      { $0.crop = LoadOptions.Crop(x: 0, y: 0, width: 2, height: 2) }, { $0.size = 0.5 },
      { $0.color = true }, { $0.luma = .raw }, { $0.eightBit = true }, { $0.normalize = true },
      { $0.mixed = .crop },
    ]
    for change in changes {
      var options = LoadOptions()
      change(&options)
      #expect(cache().stack(of: recording, options: options) == nil)
    }
    // The range does not: all frames are stored.
    var options = LoadOptions()
    options.range = FrameSlice("1:2") ?? .all
    #expect(cache().stack(of: recording, options: options) != nil)
    var times = [timespec(tv_sec: 1, tv_nsec: 5), timespec(tv_sec: 1, tv_nsec: 5)]
    _ = unsafe utimensat(AT_FDCWD, folder.file("a.npy"), &times, 0)
    #expect(cache().stack(of: recording, options: LoadOptions()) == nil)
    _ = try self.recording(name: "b.npy")
    #expect(unsafe rename(folder.file("b.npy"), folder.file("a.npy")) == 0)
    #expect(cache().stack(of: recording, options: LoadOptions()) == nil)
  }

  @Test func everyFlippedByteIsFound() throws {
    let recording = try recording()
    let built = try cache().build(recording, options: LoadOptions())
    let path = "cache/blitz/\(built.name).npy"
    let whole = readFile(folder.file(path))
    for position in whole.indices {
      var bytes = whole
      bytes[position] ^= 1 << (position % 8)
      folder.write(bytes, to: path)
      guard let stack = cache().stack(of: recording, options: LoadOptions()) else { continue }
      #expect(throws: BlitzError.self) { try samples(stack) }
    }
    folder.write(whole, to: path)
    let sound = try #require(cache().stack(of: recording, options: LoadOptions()))
    #expect(throws: Never.self) { try sound.verify() }
  }

  @Test func whatIsDamagedIsBuiltAnew() throws {
    let recording = try recording()
    let built = try cache().build(recording, options: LoadOptions())
    let path = "cache/blitz/\(built.name).npy"
    let whole = readFile(folder.file(path))
    folder.write(Array(whole.dropLast()) + [whole[whole.count - 1] ^ 1], to: path)
    #expect(throws: Never.self) { try cache().build(recording, options: LoadOptions()).verify() }
    #expect(readFile(folder.file(path)) == whole)
  }

  @Test func everyBlockIsCheckedWhenItIsTouched() throws {
    let large = numPyFile(
      "{'descr': '<u2', 'fortran_order': False, 'shape': (9, 512, 512)}".padded(to: 118),
      data: 9 * 512 * 512 * 2)
    let recording = try Recording.open(folder.file("a.npy", large), options: LoadOptions())
    let built = try cache().build(recording, options: LoadOptions())
    let path = "cache/blitz/\(built.name).npy"
    var bytes = readFile(folder.file(path))
    bytes[bytes.count - 1] ^= 1
    folder.write(bytes, to: path)
    let stack = try #require(cache().stack(of: recording, options: LoadOptions()))
    #expect(throws: BlitzError.self) { try stack.verify() }
    let frames = try #require(FrameRange(start: 0, end: 9))
    let source = try #require(stack.source(frames: frames))
    func read(_ frame: Int) throws {
      try source.withFrame(frame, scratch: BandScratch()) { (_) throws(BlitzError) in }
    }
    #expect(throws: Never.self) { try read(0) }
    #expect(throws: BlitzError.self) { try read(8) }
  }

  @Test func damagedRecordsDoNotCount() throws {
    let recording = try recording()
    let built = try cache().build(recording, options: LoadOptions())
    let path = "cache/blitz/\(built.name).json"
    let whole = readFile(folder.file(path))
    for count in 0..<whole.count {
      folder.write(Array(whole[..<count]), to: path)
      #expect(cache().stack(of: recording, options: LoadOptions()) == nil, "\(count)")
    }
    folder.write(whole, to: path)
    #expect(cache().stack(of: recording, options: LoadOptions()) != nil)
  }

  @Test func restsOfAKilledWriterGoAndAreNeverRead() throws {
    let recording = try recording()
    let built = try cache().build(recording, options: LoadOptions())
    let (data, record) = ("\(built.name).npy", "\(built.name).json")
    // Killed before the record was written; and killed within the data.
    #expect(unsafe unlink(folder.file("cache/blitz/\(record)")) == 0)
    folder.write([1, 2, 3], to: "cache/blitz/.\(data).x1.partial")
    folder.write([1, 2, 3], to: "cache/blitz/\(data)")
    #expect(cache().stack(of: recording, options: LoadOptions()) == nil)
    let again = try cache().build(recording, options: LoadOptions())
    #expect(try samples(again) == (0..<60).map { Float($0) })
    let names = CacheFolder(path: FilePath(folder.file("cache/blitz"))).names()
    #expect(Set(names) == [data, record, "\(built.name).lock"])
  }

  @Test func killedAtAnyMomentNothingBrokenIsAccepted() async throws {
    let text = "{'descr': '<u2', 'fortran_order': False, 'shape': (48, 128, 128)}".padded(to: 118)
    let codes = (0..<48 * 128 * 128).map { UInt16(truncatingIfNeeded: $0) }
    let path = folder.file(
      "a.npy", numPyFile(text) + codes.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    let place = folder.file("cache/blitz")
    for delay in [0, 300, 3_000, 10_000, 30_000, 60_000] as [UInt32] {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, place = place as String, delay = delay as UInt32] in
        let recording = try Recording.open(path, options: LoadOptions())
        let cache = StackCache(folder: CacheFolder(path: FilePath(place)))
        _ = WorkerThread.start {
          usleep(delay)
          raise(SIGKILL)
        }
        while true {
          try cache.build(recording, options: LoadOptions())
          try cache.clear()
        }
      }
      let recording = try Recording.open(path, options: LoadOptions())
      if let found = cache().stack(of: recording, options: LoadOptions()) { try found.verify() }
      let built = try cache().build(recording, options: LoadOptions())
      try built.verify()
      let last = try #require(FrameRange(start: 47, end: 48))
      let source = try #require(built.source(frames: last))
      let isWhole = try source.withFrame(0, scratch: BandScratch()) {
        (samples) throws(BlitzError) in
        (0..<128 * 128).allSatisfy { samples[$0] == Float(codes[47 * 128 * 128 + $0]) }
      }
      #expect(isWhole)
      try cache().clear()
    }
  }

  @Test func theOldestGoesWhenRoomIsShort() throws {
    let first = try recording(name: "a.npy")
    let second = try recording(name: "b.npy")
    let small = cache(limit: 400)
    try small.build(first, options: LoadOptions())
    let firstName = try #require(small.stacks().first).name
    #expect(throws: Never.self) { try small.build(second, options: LoadOptions()) }
    #expect(small.stacks().count == 1)
    #expect(!small.stacks().contains { $0.name == firstName })
    let error = #expect(throws: BlitzError.self) {
      try cache(limit: 100).build(first, options: LoadOptions())
    }
    #expect(error?.kind == .limit)
    #expect(try small.clear() > 0)
    #expect(small.stacks().isEmpty)
  }

  @Test func cancelledBuildsLeaveNothing() throws {
    let recording = try recording()
    let error = #expect(throws: BlitzError.self) {
      try cache().build(recording, options: LoadOptions(), isCancelled: { true })
    }
    #expect(error?.kind == .cancelled)
    let names = CacheFolder(path: FilePath(folder.file("cache/blitz"))).names()
    #expect(names.allSatisfy { $0.hasSuffix(".lock") })
  }

  @Test func openStacksOutliveTheirRemoval() throws {
    let built = try cache().build(try recording(), options: LoadOptions())
    try cache().clear()
    #expect(try samples(built) == (0..<60).map { Float($0) })
  }

  @Test func manyBuildersMakeOne() async throws {
    let recording = try recording(frames: 40)
    let names = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask { try self.cache().build(recording, options: LoadOptions()).name }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(names.count == 1)
    #expect(cache().stacks().count == 1)
  }

  @Test func builtStacksServePlansThatDoNotFit() throws {
    let recording = try recording()
    let options = LoadOptions()
    let stack = try cache().build(recording, options: options)
    let frames = try #require(FrameRange(start: 1, end: 4, step: 2))
    let source = try #require(stack.source(frames: frames))
    #expect(source.shape == StackShape(frames: 2, rows: 3, columns: 5))
    let first = try source.withFrame(1, scratch: BandScratch()) {
      (samples) throws(BlitzError) in samples[0]
    }
    #expect(first == 45)
  }
}

extension StackCacheTests: CacheSuite {}
