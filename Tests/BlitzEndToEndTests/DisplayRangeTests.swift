import BlitzTestSupport
import Testing

/// What ImageJ is told to show of a `.tif`; BlitzIOTests holds the bytes that tifffile has read.
@Suite struct DisplayRangeTests {
  private let recording = SampleRecording(frames: 5, rows: 12, columns: 16)

  /// The lines of the description's range.
  private func range(_ path: String) -> [String] {
    let lines = readFile(path).split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    return lines.filter { $0.hasPrefix("min=") || $0.hasPrefix("max=") }
  }

  private func write(_ command: String...) throws -> [String] {
    let out = recording.folder.file("out.tif")
    let run = try CommandRun(
      [Built.blitz] + command + ["--force", "-o", out], environment: environment())
    #expect(run.ending == .exit(0), "\(run.errorText)")
    return range(out)
  }

  @Test func aStackShowsItsExtremes() throws {
    let all = ReferenceStack(recording).frames.joined()
    let expected = ["min=\(all.min() ?? .nan)", "max=\(all.max() ?? .nan)"]
    #expect(try write("convert", recording.path) == expected)
    let least = all.dropFirst(16 * 12).min() ?? .nan
    #expect(try write("convert", recording.path, "--range", "1:").first == "min=\(least)")
  }

  @Test func levelsThatAreFittedAreThoseOfAllFrames() throws {
    let sorted = ReferenceStack(recording).frames.joined().sorted()
    let expected = [1, 99.0].map { percent in
      let position = percent / 100 * Double(sorted.count - 1)
      let (low, high) = (sorted[Int(position)], sorted[Int(position.rounded(.up))])
      return low + (high - low) * (position - position.rounded(.down))
    }
    let lines = try write("convert", recording.path, "--levels", "p1")
    let shown = lines.compactMap { Double($0.dropFirst(4)) }
    #expect(shown.count == 2)
    for (value, wanted) in zip(shown, expected) { #expect(abs(value - wanted) < 1e-6 * wanted) }
  }

  @Test func levelsThatAreGivenAreShown() throws {
    for command in [["convert"], ["frame", "-n", "2"], ["project", "--op", "max"]] {
      let words = [command[0], recording.path] + command.dropFirst() + ["--levels", "-5,1234.5"]
      let out = recording.folder.file("out.tif")
      let run = try CommandRun(
        [Built.blitz] + words + ["--force", "-o", out], environment: environment())
      #expect(run.ending == .exit(0), "\(run.errorText)")
      #expect(range(out) == ["min=-5.0", "max=1234.5"], "\(words)")
    }
  }

  @Test func aFrameShowsWhatItsPictureWould() throws {
    let values = ReferenceStack(recording).frames[3]
    #expect(
      try write("frame", recording.path, "-n", "3", "--levels", "p0")
        == ["min=\(values.min() ?? .nan)", "max=\(values.max() ?? .nan)"])
    let fitted = try write("frame", recording.path, "-n", "3")
    let picture = try CommandRun.blitz(
      "frame", recording.path, "-n", "3", "--levels", "auto", "-o", recording.folder.file("a.png"))
    let ends = fitted.compactMap { Double($0.dropFirst(4)) }
    let levels = picture.errorText.firstMatch(of: /levels ([0-9.]+)\.\.([0-9.]+)/)
    let told = try #require(levels).output
    #expect(abs(ends[0] - (Double(told.1) ?? .nan)) < 0.01)
    #expect(abs(ends[1] - (Double(told.2) ?? .nan)) < 0.01)
  }
}
