import BlitzTestSupport
import Testing

/// Colour through every command: per channel where images come out, by luma where numbers do.
@Suite struct ColorStackTests {
  private let recording = ColorRecording()

  private func blitz(_ command: String, _ options: String...) throws -> CommandRun {
    let run = try CommandRun(
      [Built.blitz, command, recording.path] + options, environment: environment())
    #expect(run.ending == .exit(0), "\(run.errorText)")
    return run
  }

  @Test func projectionsArePerChannel() throws {
    _ = try blitz(
      "project", "--color", "--op", "mean,median,max", "-o", recording.folder.file("{op}.npy"))
    let frames = (0..<6).map { recording.samples($0) }
    let expected: [(String, ([Double]) -> Double)] = [
      ("mean", ReferenceStack.mean), ("median", ReferenceStack.median),
      ("max", { $0.max() ?? .nan }),
    ]
    for (name, reduction) in expected {
      let plane = try array(recording.folder.file("\(name).npy"))
      #expect(plane.shape == [9, 11, 3])
      let values = frames[0].indices.map { place in reduction(frames.map { $0[place] }) }
      #expect(deviation(plane.values, from: values) < 1e-6, "\(name)")
    }
  }

  @Test func grayIsTheLumaOfEveryFrame() throws {
    let out = recording.folder.file("gray.npy")
    _ = try blitz("project", "--op", "mean", "-o", out)
    let plane = try array(out)
    let expected = (0..<99).map { place in
      ReferenceStack.mean(
        (0..<6).map { recording.luma(frame: $0, row: place / 11, column: place % 11) })
    }
    #expect(plane.shape == [9, 11])
    #expect(deviation(plane.values, from: expected) < 1e-6)
  }

  @Test func correctionsArePerChannel() throws {
    let out = recording.folder.file("corrected.npy")
    _ = try blitz("convert", "--color", "--subtract", "mean:0:3", "--range", "1:5", "-o", out)
    let stack = try array(out)
    #expect(stack.shape == [4, 9, 11, 3])
    let dark = (0..<297).map { place in
      ReferenceStack.mean((0..<3).map { recording.samples($0)[place] })
    }
    let expected = (1..<5).flatMap { frame in
      zip(recording.samples(frame), dark).map { $0 - $1 }
    }
    #expect(deviation(stack.values, from: expected) < 1e-6)
  }

  @Test(arguments: ["npy", "tif"]) func convertedColourIsTheSame(ending: String) throws {
    let out = recording.folder.file("color.\(ending)")
    _ = try blitz("convert", "--color", "-o", out)
    let direct = try blitz("convert", "--color", "-o", "-").output
    let again = try CommandRun.blitz("convert", out, "--color", "-o", "-")
    #expect(again.ending == .exit(0) && !direct.isEmpty && again.output == direct)
  }

  @Test func picturesKeepTheirColours() throws {
    let out = recording.folder.file("pictures")
    _ = try blitz("convert", "--color", "-o", out + "/%d.png")
    for frame in [0, 5] {
      let copy = recording.folder.file("copy\(frame).npy")
      let run = try CommandRun.blitz(
        "frame", "\(out)/\(frame).png", "-n", "0", "--color", "-o", copy)
      #expect(run.ending == .exit(0), "\(run.errorText)")
      #expect(try array(copy).values == recording.samples(frame))
    }
  }

  @Test func tracesFollowTheLuma() throws {
    let run = try blitz(
      "trace", "--color", "--roi", "rect:2,3,4,5", "--roi", "gray=point:0,4", "--stat",
      "mean,max,n",
      "-o", "-")
    let rows = table(run.text)
    #expect(rows.count == 7)
    for (frame, row) in rows.dropFirst().enumerated() {
      let values = (3..<8).flatMap { y in
        (2..<6).map { recording.luma(frame: frame, row: y, column: $0) }
      }
      let numbers = row.map { Double($0) ?? .nan }
      #expect(abs(numbers[2] - ReferenceStack.mean(values)) < 1e-4)
      #expect(abs(numbers[3] - (values.max() ?? .nan)) < 1e-4 && numbers[4] == 20)
      // Where the channels are equal, luma is exactly that value.
      #expect(numbers[5] == recording.value(frame: frame, row: 4, column: 0, channel: 0))
    }
  }

  @Test func profilesArePerChannel() throws {
    let run = try blitz(
      "profile", "--color", "-n", "3", "--column", "7", "--width", "3", "-o", "-")
    let rows = table(run.text)
    #expect(
      rows[0] == ["position"]
        + ["r", "g", "b"].flatMap { ["mean_\($0)", "min_\($0)", "max_\($0)"] })
    #expect(rows.count == 10)
    for (y, row) in rows.dropFirst().enumerated() {
      let expected = (0..<3).flatMap { channel -> [Double] in
        let band = (6..<9).map {
          recording.value(frame: 3, row: y, column: $0, channel: channel)
        }
        return [ReferenceStack.mean(band), band.min() ?? .nan, band.max() ?? .nan]
      }
      #expect(row.map { Double($0) ?? .nan } == [Double(y)] + expected)
    }
  }

  @Test func levelsAndHistogramOnTheScreenAreOfTheLuma() throws {
    let luma = (0..<99).map { recording.luma(frame: 2, row: $0 / 11, column: $0 % 11) }
    let (low, high) = (luma.min() ?? .nan, luma.max() ?? .nan)
    let screen = try TmuxScreen(
      columns: 160, rows: 40, running: "'\(Built.blitz)' '\(recording.path)' --color --range 2:")
    try screen.waitFor("the recording") { $0.contains("levels ") && !$0.contains("loading") }
    func isNear(_ text: Substring, _ value: Double) -> Bool {
      abs((Double(text) ?? .nan) - value) < 1e-3
    }
    // Trims of 1, 2 and 0 per cent.
    try screen.type("aaH")
    try screen.waitFor("levels from the lowest to the highest luma") {
      guard let match = $0.firstMatch(of: /levels ([0-9.]+?)\.\.([0-9.]+) p0/) else { return false }
      return isNear(match.1, low) && isNear(match.2, high)
    }
    try screen.waitFor("the histogram's ends") {
      $0.matches(of: /│([0-9.]+) +([0-9.]+)│/).contains { isNear($0.1, low) && isNear($0.2, high) }
    }
  }
}
