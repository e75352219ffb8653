import BlitzTestSupport
import Glibc
import Testing

/// `blitz cache` as processes see it that share one folder.
@Suite struct CacheCommandTests {
  private let recording = SampleRecording(frames: 40, rows: 60, columns: 80)

  private var caches: String { recording.folder.file("caches") }

  private func cache(_ words: String..., place: String? = nil) throws -> CommandRun {
    try CommandRun(
      [Built.blitz, "cache"] + words, environment: environment(["XDG_CACHE_HOME": place ?? caches]))
  }

  /// The files of the cache, without its locks.
  private func files(_ place: String? = nil) -> [String] {
    let names = try? FolderListing.names((place ?? caches) + "/blitz")
    return (names ?? []).filter { !$0.hasSuffix(".lock") }
  }

  @Test func processesAtOnceBuildOne() throws {
    let variables = environment(["XDG_CACHE_HOME": caches])
    // Each prints its progress only while it builds.
    let script = """
      for i in 1 2 3 4; do "$0" cache build "$1" > out$i 2> err$i & done
      for job in $(jobs -p); do wait $job || exit 9; done
      cat out?; cat err? >&2
      """
    let run = try CommandRun(
      ["bash", "-c", script, Built.blitz, recording.path], environment: variables,
      folder: recording.folder.path)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    #expect(
      Set(run.text.split(separator: "\n")).count == 1 && run.text.split(separator: "\n").count == 4)
    #expect(run.errorText.matches(of: /frame 40 of 40/).count == 1, "\(run.errorText)")
    #expect(files().count == 2)
    let alone = recording.folder.file("alone")
    #expect(try cache("build", recording.path, place: alone).ending == .exit(0))
    #expect(files(alone) == files())
    for file in files() {
      let bytes = readFile("\(caches)/blitz/\(file)")
      #expect(!bytes.isEmpty && bytes == readFile("\(alone)/blitz/\(file)"), "\(file)")
    }
  }

  /// What `info` says of a video is what commands do, and changes no sample.
  @Test func commandsReadTheCacheOfAVideo() throws {
    let video = MiscountedVideo.folder + "vfr.mkv"
    func convert() throws -> CommandRun {
      try CommandRun(
        [Built.blitz, "convert", video, "-o", "-"],
        environment: environment(["XDG_CACHE_HOME": caches]))
    }
    let decoded = try convert()
    #expect(decoded.ending == .exit(0) && decoded.errorText.contains("plan: stream"))
    #expect(try cache("build", video).ending == .exit(0))
    let cached = try convert()
    #expect(cached.errorText.contains("plan: cache"), "\(cached.errorText)")
    #expect(cached.output == decoded.output && cached.output.count > 4096)
  }

  @Test func aNameThatIsNotThereIsAnError() throws {
    #expect(try cache("build", recording.path).ending == .exit(0))
    let run = try cache("clear", "0123456789abcdef")
    #expect(
      run.ending == .exit(1) && run.errorText.contains("0123456789abcdef"), "\(run.errorText)")
    #expect(files().count == 2)
  }

  @Test func whatIsBadIsNamed() throws {
    #expect(try cache("build", recording.path).ending == .exit(0))
    let name = try #require(files().first { $0.hasSuffix(".npy") }).dropLast(4)
    #expect(try cache("verify").text.contains("\(name)  good"))
    let folder = caches + "/blitz/"
    let (data, record) = (readFile(folder + "\(name).npy"), readFile(folder + "\(name).json"))
    var flipped = data
    flipped[data.count / 2] ^= 4
    var flippedRecord = record
    flippedRecord[record.count / 2] ^= 1
    // What a build leaves that was ended before its record; samples that changed; a changed record;
    // samples that are cut, or gone.
    let cases: [(npy: [UInt8]?, json: [UInt8]?)] = [
      (data, nil), (flipped, record), (data, flippedRecord), (Array(data.prefix(500)), record),
      (nil, record),
    ]
    for (place, (npy, json)) in cases.enumerated() {
      for (ending, bytes) in [("npy", npy), ("json", json)] {
        unsafe unlink(folder + "\(name).\(ending)")
        if let bytes {
          recording.folder.write(bytes, to: "caches/blitz/\(name).\(ending)")
          unsafe chmod(folder + "\(name).\(ending)", 0o600)
        }
      }
      let verified = try cache("verify")
      #expect(verified.ending == .exit(1), "case \(place)")
      #expect(verified.text.contains("\(name)  bad  "), "case \(place): \(verified.text)")
      let listed = try cache("list")
      #expect(listed.ending == .exit(0) && listed.text.contains("bad: "), "case \(place)")
    }
    let clear = try cache("clear")
    #expect(clear.ending == .exit(0) && files().isEmpty)
    #expect(try cache("verify").ending == .exit(0))
  }

  @Test func aFolderThatOthersWriteToIsRefused() throws {
    #expect(try cache("build", recording.path).ending == .exit(0))
    #expect(unsafe chmod(caches + "/blitz", 0o777) == 0)
    for command in ["list", "verify"] {
      let run = try cache(command)
      #expect(run.ending == .exit(1) && run.errorText.contains("others can write"), "\(command)")
    }
  }

  @Test func aFileTooLargeLeavesNothing() throws {
    let run = try CommandRun(
      ["bash", "-c", "ulimit -f 100; exec \"$0\" cache build \"$1\"", Built.blitz, recording.path],
      environment: environment(["XDG_CACHE_HOME": caches]))
    #expect(run.ending == .exit(1) && run.errorText.contains("blitz: "), "\(run.errorText)")
    #expect(files().isEmpty)
  }

  /// Root in a name space of its own may mount a small disk.
  private static let mayMount =
    (try? CommandRun(
      ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], environment: environment()
    ).ending) == .exit(0)

  @Test(.enabled(if: mayMount)) func aSmallDiskIsMetBeforeItIsFull() throws {
    let recording = SampleRecording(frames: 60, rows: 240, columns: 320)
    let script = """
      mount -t tmpfs -o size=8m tmpfs "$2" || exit 99
      XDG_CACHE_HOME="$2" "$0" cache build "$1" > /dev/null; a=$?
      "$0" convert "$1" -o "$2/a.npy"; b=$?
      cat /dev/zero > "$2/fill" 2> /dev/null
      "$0" convert "$1" -o "$2/a/%d.png"; c=$?
      rm "$2/fill"
      XDG_CACHE_HOME="$2" "$0" cache build "$1" --size 0.25 > /dev/null; d=$?
      echo "$a $b $c $d" $(ls -A "$2") $(ls -A "$2/blitz" | grep -v lock | wc -l)
      """
    let place = recording.folder.makeFolder("disk")
    let run = try CommandRun(
      ["unshare", "-m", "bash", "-c", script, Built.blitz, recording.path, place],
      environment: environment())
    // 18 MiB do not fit, nor do pictures on a full disk; 1.1 MiB do. No other file is left.
    #expect(run.text == "1 1 1 0 blitz 2\n", "\(run.text) \(run.errorText)")
    #expect(run.errorText.contains("o space left") && run.errorText.contains("has room for"))
  }
}
