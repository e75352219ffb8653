import BlitzTestSupport
import Testing

/// How the image is shown, by keys: what changes on the screen, and that the numbers stay the data's.
@Suite struct DisplayTests {
  private let recording = SampleRecording(frames: 20)

  private func open(
    columns: Int = 80, rows: Int = 24, _ options: String = ""
  ) throws -> TmuxScreen {
    let screen = try TmuxScreen(
      columns: columns, rows: rows, running: "'\(Built.blitz)' '\(recording.path)' \(options)")
    try screen.waitFor("loaded recording") {
      $0.contains("frame 0 of 20") && $0.contains("levels ") && !$0.contains("loading")
    }
    return screen
  }

  private func enter(_ line: String, in screen: TmuxScreen) throws {
    try screen.type(":" + line)
    try screen.press("Enter")
  }

  /// The image's half blocks: 32 x 24 pixels on 56 x 42 of them.
  private func image(_ screen: TmuxScreen, columns: Range<Int> = 12..<68) throws -> [[String]] {
    try screen.settledPixels()[1..<22].flatMap { row in
      [columns.map { row[$0].upper }, columns.map { row[$0].lower }]
    }
  }

  @Test func flipsAndTurnsMoveThePixelsAndNotTheNumbers() throws {
    let screen = try open()
    let upright = try image(screen)
    try enter("flip x", in: screen)
    try screen.waitFor("flip x")
    #expect(try image(screen) == upright.map { $0.reversed() })
    try enter("flip y", in: screen)
    try screen.waitFor("rotate 180")
    #expect(try image(screen) == upright.reversed().map { $0.reversed() })
    try screen.type("c")
    try screen.waitFor("x 16 y 12 = \(recording.value(frame: 0, row: 12, column: 16))")
    try screen.press("Right", "Right", "Down")
    try screen.waitFor("x 14 y 11 = \(recording.value(frame: 0, row: 11, column: 14))")
    try screen.press("Enter", "c")
    try enter("rotate", in: screen)
    try screen.waitFor("rotate 270")
    // 24 x 32 pixels on 32 x 42: another size, so only the corners are compared.
    let turned = try image(screen, columns: 24..<56)
    #expect(turned.count == 42 && turned[0][0] == upright[0][55])
    #expect(turned[41][31] == upright[41][0] && turned[0][31] == upright[41][55])
  }

  @Test func regionsAndCropsAreMeasuredAsTheyAreInTheSource() throws {
    let screen = try open(columns: 120, rows: 40)
    try enter("rotate", in: screen)
    try enter("roi rect:2,3,4,5", in: screen)
    let sum = (3..<8).flatMap { row in
      (2..<6).map { Int(recording.value(frame: 0, row: row, column: $0)) }
    }.reduce(0, +)
    try screen.waitFor("ROI A rect 2,3 4x5")
    let mean = Double(sum) / 20
    try screen.waitFor("A mean \(mean == mean.rounded() ? "\(Int(mean))" : "\(mean)")")
  }

  @Test func marksColourWhatLiesBeyondTheLevels() throws {
    let screen = try open()
    try enter("levels 500 2000", in: screen)
    try screen.waitFor("levels 500..2000")
    #expect(!(try screen.colours().contains("0;114;178")))
    try screen.type("&")
    try screen.waitFor("marks")
    _ = try screen.settledPixels()
    let marked = try screen.colours()
    #expect(marked.contains("0;114;178") && marked.contains("213;94;0"))
    try enter("mask rect:0,0,8,8", in: screen)
    try screen.waitFor("mask rect 0,0,8,8")
    _ = try screen.settledPixels()
    #expect(try screen.colours().contains("204;121;167"), "left out is no number")
  }

  @Test func aSinglePixelThatIsNoNumberIsMarkedHoweverSmallTheImage() throws {
    let recording = SampleRecording(frames: 1, rows: 150, columns: 200)
    let hole = PNGFile(
      width: 200, height: 150, samples: (0..<30000).map { $0 == 77 * 200 + 101 ? 0 : 9 }, depth: 8)
    let mask = recording.folder.write(hole.bytes, to: "mask.png")
    let screen = try TmuxScreen(
      columns: 40, rows: 12, running: "'\(Built.blitz)' '\(recording.path)' --mask '\(mask)'")
    try screen.waitFor("frame 0 of 1")
    _ = try screen.settledPixels()
    #expect(!(try screen.colours().contains("204;121;167")), "averaged over its neighbours")
    for turn in ["rotate", "flip x", "rotate"] {
      try enter(turn, in: screen)
      try screen.type("&")
      let marked = try screen.settledPixels().flatMap(\.self)
      let pixels = marked.flatMap { [$0.upper, $0.lower] }
      #expect(pixels.count { $0.contains("204;121;167") } == 1, "\(turn)")
      try screen.type("&")
    }
  }

  @Test func levelsMoveByArrowsInTheirTool() throws {
    let screen = try open(columns: 140, rows: 30)
    try enter("levels 500 2000", in: screen)
    try screen.type("|")
    try screen.waitFor("arrows: high level")
    try screen.waitFor("histogram")
    // A frame holds 0 to 2540: steps of 20.
    try screen.press("Left")
    try screen.waitFor("levels 500..1980 ")
    try screen.press("Tab", "S-Right")
    try screen.waitFor("levels 700..1980 ")
    try screen.press("Enter", "Right")
    try screen.waitFor("frame 1 of 20")
    try screen.waitFor("levels 700..1980 ")
    try screen.type("$")
    try screen.waitFor("colour bar") { $0.contains("▀▀ 1980") && $0.contains("▀▀ 1340") }
  }

  @Test func quadrantsAreAnOption() throws {
    let glyphs = "▘▝▖▗▌▐▙▛▜▟▚▞"
    let screen = try open("--cells quadrant")
    try screen.waitFor("quadrant")
    try screen.waitFor("quadrants") { text in glyphs.contains { text.contains($0) } }
    try screen.type("c")
    try screen.waitFor("x 16 y 12 = \(recording.value(frame: 0, row: 12, column: 16))")
    try screen.type("c")
    try enter("cells half", in: screen)
    try screen.waitFor("half blocks") { text in !glyphs.contains { text.contains($0) } }
    let fresh = try open()
    #expect(try image(screen) == (try image(fresh)))
    let still = try CommandRun.blitz(
      "frame", recording.path, "-n", "3", "--cells", "quadrant", "--columns", "100", "--rows", "40",
      "--colors", "rgb")
    #expect(still.ending == .exit(0) && glyphs.contains { still.text.contains($0) })
    let wrong = try CommandRun.blitz("frame", recording.path, "-n", "3", "--cells", "third")
    #expect(wrong.ending == .exit(2) && wrong.errorText.contains("half, quadrant"))
  }

  @Test func profilesGetWiderAndHaveEnvelopes() throws {
    let screen = try open(columns: 140, rows: 40)
    try screen.type("c")
    // Row 12 holds 1212 to 1429.
    try screen.waitFor("row 12  1212..1429")
    // tmux takes a bare one for the end of its command.
    try screen.type("\\;")
    try screen.waitFor("row 12 3 wide  1111..1530")
    try enter("envelope image", in: screen)
    try screen.waitFor("row 12 3 wide  0..2540")
    try screen.type("^")
    try screen.waitFor("envelope stack")
    // The last frame is 19 x 37 above the first.
    try screen.waitFor("row 12 3 wide  0..3243")
    try screen.press("Enter")
    try screen.type("5.")
    try screen.waitFor("frame 5 of 20")
    try screen.waitFor("row 12 3 wide  0..3243")
  }
}
