import BlitzTestSupport
import Testing

/// `--mask` on every command that corrects, against plain loops, and `:mask` by keys.
@Suite struct MaskTests {
  private let recording = SampleRecording(frames: 9, rows: 12, columns: 16)
  private var inside: [Bool] { (0..<192).map { 3..<10 ~= $0 % 16 && 2..<8 ~= $0 / 16 } }

  /// A PNG that is 0 where pixels are left out.
  private func image(_ kept: [Bool], rows: Int = 12, columns: Int = 16) -> String {
    let file = PNGFile(
      width: columns, height: rows, samples: kept.map { $0 ? 200 : 0 }, depth: 8)
    return recording.folder.write(file.bytes, to: "mask.png")
  }

  @Test func projectionsKeepTheInsideOfARectangle() throws {
    let out = recording.folder.file("{op}.npy")
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "mean,median,std", "--mask", "rect:3,2,7,6", "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let stack = ReferenceStack(recording)
    let expected: [(String, ([Double]) -> Double)] = [
      ("mean", ReferenceStack.mean), ("median", ReferenceStack.median),
      ("std", { ReferenceStack.std($0) }),
    ]
    for (name, reduction) in expected {
      let plane = try array(recording.folder.file("\(name).npy")).values
      #expect(plane.map { !$0.isNaN } == inside, "\(name)")
      let kept = zip(plane, inside).filter(\.1).map(\.0)
      let wanted = zip(stack.reduce(nil, reduction), inside).filter(\.1).map(\.0)
      #expect(deviation(kept, from: wanted) < 1e-6, "\(name)")
    }
  }

  @Test func tracesCountWhatIsLeftAndSayTheMask() throws {
    let mask = image(inside)
    let run = try CommandRun.blitz(
      "trace", recording.path, "--roi", "rect:0,0,6,12", "--roi", "out=rect:12,0,4,4", "--stat",
      "mean,max,n", "--mask", mask, "--subtract", "min:0:9", "-o", "-")
    #expect(run.ending == .exit(0), "\(run.errorText)")
    #expect(run.text.contains("# corrections: subtract min:0:9, mask file:\(mask)\n"))
    let rows = run.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
    for (frame, row) in rows.enumerated() {
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      // Frame f is f x 37 above the first, which is the smallest everywhere.
      #expect(
        fields.dropFirst(2).joined(separator: ",") == "\(37 * frame),\(37 * frame),18,nan,nan,0")
    }
  }

  @Test func framesAndProfilesLeaveItOut() throws {
    let out = recording.folder.file("f.npy")
    let frame = try CommandRun.blitz(
      "frame", recording.path, "-n", "4", "--mask", image(inside), "-o", out)
    #expect(frame.ending == .exit(0), "\(frame.errorText)")
    let values = try array(out).values
    for (i, value) in values.enumerated() {
      let sample = Double(recording.value(frame: 4, row: i / 16, column: i % 16))
      #expect(inside[i] ? value == sample : value.isNaN)
    }
    let profile = try CommandRun.blitz(
      "profile", recording.path, "-n", "4", "--row", "2", "--width", "5", "--mask", "rect:3,2,7,6",
      "-o", "-")
    let rows = profile.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
    for (x, row) in rows.enumerated() {
      let column = (2..<5).map { Double(recording.value(frame: 4, row: $0, column: x)) }
      let expected =
        3..<10 ~= x
        ? [ReferenceStack.mean(column), column[0], column[2]].map { Int($0).description }
        : ["nan", "nan", "nan"]
      #expect(row == "\(x)," + expected.joined(separator: ","))
    }
  }

  @Test func convertedStacksAreMaskedInEveryFrame() throws {
    let out = recording.folder.file("c.npy")
    let run = try CommandRun.blitz(
      "convert", recording.path, "--mask", "rect:3,2,7,6", "--range", "::4", "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let values = try array(out).values
    #expect(values.count == 3 * 192)
    for (i, value) in values.enumerated() {
      let (frame, pixel) = (i / 192 * 4, i % 192)
      let sample = Double(recording.value(frame: frame, row: pixel / 16, column: pixel % 16))
      #expect(inside[pixel] ? value == sample : value.isNaN)
    }
  }

  @Test func anImageInTheRecordingsSizeIsCroppedAndScaledAlike() throws {
    let out = recording.folder.file("s.npy")
    // The hole at 5, 5 touches the loaded pixel 1, 1 alone: x 4..<6, y 4..<6.
    let mask = image((0..<192).map { $0 != 5 * 16 + 5 })
    let run = try CommandRun.blitz(
      "project", recording.path, "--op", "mean", "--crop", "2,2,12,8", "--size", "0.5", "--mask",
      mask, "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let plane = try array(out)
    #expect(plane.shape == [4, 6])
    #expect(plane.values.indices.filter { plane.values[$0].isNaN } == [7])
    let loaded = image((0..<24).map { $0 != 7 }, rows: 4, columns: 6)
    let other = recording.folder.file("l.npy")
    _ = try CommandRun.blitz(
      "project", recording.path, "--op", "mean", "--crop", "2,2,12,8", "--size", "0.5", "--mask",
      loaded, "-o", other)
    #expect(readFile(out) == readFile(other) && !readFile(out).isEmpty)
  }

  @Test func whatDoesNotFitIsRefusedWithBothSizes() throws {
    func refusal(_ mask: String) throws -> String {
      let run = try CommandRun.blitz(
        "project", recording.path, "--op", "mean", "--mask", mask, "--size", "0.5", "-o",
        recording.folder.file("no.npy"))
      #expect(run.ending == .exit(2), "\(mask)")
      return run.errorText
    }
    let size = try refusal(image([Bool](repeating: true, count: 35), rows: 5, columns: 7))
    #expect(size.contains("7x5") && size.contains("16x12") && size.contains("8x6"))
    #expect(try refusal("rect:8,0,2,2").contains("lies outside the frames of 8x6"))
    #expect(try refusal("rect:1,2").contains("--mask"))
    #expect(try refusal(image([Bool](repeating: false, count: 192))).contains("keeps no pixel"))
    #expect(try refusal("--op").contains("expected a mask"))
    #expect(try refusal(recording.path).contains("9 frames of 16x12"))
    let missing = try CommandRun.blitz(
      "frame", recording.path, "-n", "0", "--mask", "no-such.png", "-o", "-")
    #expect(missing.ending == .exit(1) && missing.errorText.contains("no-such.png"))
  }

  @Test func theViewerMasksByKeys() throws {
    let screen = try TmuxScreen(
      columns: 120, rows: 30,
      running: "'\(Built.blitz)' '\(recording.path)' --mask '\(image(inside))' --frame 4")
    try screen.waitFor("masked") { $0.contains("mask file") && $0.contains("frame 4 of 9") }
    try screen.type("c")
    try screen.waitFor("a pixel that counts") { $0.contains(/x 8 y 6 = \d+/) }
    for _ in 0..<5 { try screen.press("Right") }
    try screen.waitFor("x 13 y 6 = nan")
    try screen.press("Enter")
    try screen.type(":mask off")
    try screen.press("Enter")
    try screen.waitFor("all pixels") {
      !$0.contains("mask")
        && $0.contains("x 13 y 6 = \(recording.value(frame: 4, row: 6, column: 13))")
    }
    try screen.type(":mask no-such.png")
    try screen.press("Enter")
    try screen.waitFor("refusal") { $0.contains("no-such.png: ") && !$0.contains("not loaded") }
    try screen.type(":mask rect:0,0,9,9")
    try screen.press("Enter")
    try screen.type("M")
    try screen.waitFor("mean of what counts") {
      $0.contains("mean of 0:9") && $0.contains("mask rect 0,0,9,9")
        && $0.contains("x 13 y 6 = nan")
    }
  }
}
