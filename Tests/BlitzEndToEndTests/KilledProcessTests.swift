import BlitzTestSupport
import Foundation
import Glibc
import Testing

/// Killed at any moment, a command leaves nothing under a final name that is not whole.
///
/// The moments are drawn by a seed, which BLITZ_KILL_SEED changes; scripts/reliability draws more.
@Suite struct KilledProcessTests {
  private let recording = SampleRecording(frames: 40, rows: 160, columns: 240)

  private static let rounds = Repetitions.count(short: 4, long: 100)
  private static let seed =
    ProcessInfo.processInfo.environment["BLITZ_KILL_SEED"].flatMap { UInt64($0) } ?? 1

  private func variables(_ cache: String) -> [String: String] {
    environment(["XDG_CACHE_HOME": cache])
  }

  /// Runs to the end once to learn how long it takes, then kills it at moments within that time.
  private func kill(
    _ name: String, _ words: [String], _ variables: [String: String], prepare: () throws -> Void,
    check: (_ round: Int) throws -> Void
  ) throws {
    try prepare()
    let start = now()
    #expect(try CommandRun(words, environment: variables).ending == .exit(0))
    let length = now() - start
    var random = SeededRandom(seed: Self.seed)
    for round in 0..<Self.rounds {
      try prepare()
      let moment = Double(random.next() >> 11) / Double(1 << 53) * length
      let child = try ChildProcess(words.map { Array($0.utf8) }, environment: variables)
      usleep(UInt32(moment * 1e6))
      child.send(SIGKILL)
      let ending = child.wait()
      #expect(ending == .signal(SIGKILL) || ending == .exit(0), "round \(round): \(ending)")
      try check(round)
    }
    Repetitions.report("kill -9 during \(name)", "\(Self.rounds) times, all whole or not there")
  }

  @Test func aCacheIsWholeOrIsNoCache() throws {
    let place = recording.folder.file("caches")
    let variables = variables(place)
    func cache(_ words: String...) throws -> CommandRun {
      try CommandRun([Built.blitz, "cache"] + words, environment: variables)
    }
    let whole = try CommandRun.blitz("convert", recording.path, "-o", "-").output
    try kill("cache build", [Built.blitz, "cache", "build", recording.path], variables) {
      _ = try cache("clear")
    } check: { round in
      let names = (try? FolderListing.names(place + "/blitz")) ?? []
      let isRecorded = names.contains { $0.hasSuffix(".json") }
      // What counts is whole; what does not is named, or nothing.
      let verified = try cache("verify")
      #expect(!verified.text.contains("good") || isRecorded, "round \(round): \(verified.text)")
      #expect(!isRecorded || verified.ending == .exit(0), "round \(round): \(verified.text)")
      let again = try cache("build", recording.path)
      #expect(again.ending == .exit(0), "round \(round): \(again.errorText)")
      let left = try FolderListing.names(place + "/blitz")
      #expect(left.count == 3, "round \(round): \(left)")
      let data = try #require(left.first { $0.hasSuffix(".npy") })
      let stored = readFile("\(place)/blitz/\(data)")
      #expect(stored.suffix(whole.count - 128) == whole.suffix(whole.count - 128), "round \(round)")
    }
  }

  @Test(arguments: ["npy", "tif", "mp4"]) func anExportIsWholeOrNotThere(ending: String) throws {
    let out = recording.folder.file("out." + ending)
    let words = [Built.blitz, "convert", recording.path, "-o", out]
    #expect(try CommandRun(words, environment: environment()).ending == .exit(0))
    let whole = readFile(out)
    try kill("convert to \(ending)", words, environment()) {
      try clear()
    } check: { round in
      let found = readFile(out)
      #expect(found.isEmpty || found == whole, "round \(round): \(found.count) bytes")
      let left = try FolderListing.names(recording.folder.path).filter { $0.contains("out.") }
      #expect(left.allSatisfy { $0 == "out." + ending || $0.hasSuffix(".partial") })
    }
  }

  @Test func aFolderOfPicturesIsWholeOrNotThere() throws {
    let out = recording.folder.file("out")
    let words = [Built.blitz, "convert", recording.path, "-o", out + "/%d.png"]
    try kill("convert to pictures", words, environment()) {
      try clear()
    } check: { round in
      let names = (try? FolderListing.names(out)) ?? []
      #expect(names.isEmpty || names.count == 40, "round \(round): \(names.count) pictures")
    }
  }

  /// Removes what is left of exports.
  private func clear() throws {
    for name in try FolderListing.names(recording.folder.path) where name.contains("out") {
      try FileManager.default.removeItem(atPath: recording.folder.file(name))
    }
  }
}
