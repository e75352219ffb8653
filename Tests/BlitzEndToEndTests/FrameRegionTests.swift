import BlitzTestSupport
import Testing

/// Regions drawn on the picture of a frame.
@Suite struct FrameRegionTests {
  private let recording = SampleRecording(frames: 2, rows: 20, columns: 30, depth: 8)

  /// The samples of a picture, three for each pixel.
  private func pixels(_ path: String) throws -> [Double] {
    let copy = recording.folder.file("pixels.npy")
    let run = try CommandRun.blitz(
      "frame", path, "-n", "0", "--color", "--force", "-o", copy)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    return try array(copy).values
  }

  @Test func outlinesAreTheOutermostPixelsOfTheRegion() throws {
    let out = recording.folder.file("regions.png")
    let run = try CommandRun.blitz(
      "frame", recording.path, "-n", "1", "--levels", "0,255", "--roi", "rect:3,4,10,8", "--roi",
      "b=rect:20,2,5,5", "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let pixels = try pixels(out)
    #expect(pixels.count == 20 * 30 * 3)
    func isEdge(_ x: Int, _ y: Int, of columns: Range<Int>, _ rows: Range<Int>) -> Bool {
      columns.contains(x) && rows.contains(y)
        && (x == columns.lowerBound || x == columns.upperBound - 1 || y == rows.lowerBound
          || y == rows.upperBound - 1)
    }
    for y in 0..<20 {
      for x in 0..<30 {
        let gray = Double(recording.value(frame: 1, row: y, column: x))
        // Cube colours 214 and 74 of the xterm palette.
        let expected: [Double] =
          isEdge(x, y, of: 3..<13, 4..<12)
          ? [255, 175, 0] : isEdge(x, y, of: 20..<25, 2..<7) ? [95, 175, 215] : [gray, gray, gray]
        let place = (y * 30 + x) * 3
        #expect(Array(pixels[place..<place + 3]) == expected, "x \(x) y \(y)")
      }
    }
  }

  @Test func textShowsThemToo() throws {
    func text(_ options: String...) throws -> String {
      try CommandRun(
        [
          Built.blitz, "frame", recording.path, "-n", "0", "--columns", "30", "--rows", "10",
          "--colors", "rgb",
        ] + options, environment: environment()
      ).text
    }
    #expect(try text("--roi", "rect:3,4,10,8").contains("255;175;0"))
    #expect(try !text().contains("255;175;0"))
  }

  @Test(arguments: ["npy", "tif"]) func samplesAreNotDrawnOver(ending: String) throws {
    let out = recording.folder.file("a.\(ending)")
    let run = try CommandRun.blitz(
      "frame", recording.path, "-n", "0", "--roi", "point:1,1", "-o", out)
    #expect(run.ending == .exit(2) && run.errorText.contains("--roi"), "\(run.errorText)")
    #expect(run.errorText.contains(".png") && readFile(out).isEmpty)
  }

  @Test func aRegionOutsideIsRefused() throws {
    let run = try CommandRun.blitz(
      "frame", recording.path, "-n", "0", "--roi", "far=rect:30,0,4,4")
    #expect(run.ending == .exit(2) && run.output.isEmpty)
    #expect(run.errorText.contains("30x20") && run.errorText.contains("far"), "\(run.errorText)")
  }
}
