import BlitzCore
import BlitzModel
import BlitzTUI
import Testing

@Suite struct ScreenViewTests {
  @Test func aFullScreenShowsEverything() throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.type("42gc")
    let lines = samples.grid(rows: 12, columns: 100).lines
    #expect(
      lines[0] == " blitz  shot_0413  8x6 gray16  100 frames  18.8 KiB in memory")
    #expect(lines[1] == String(repeating: " ", count: 38) + String(repeating: "#", count: 24))
    #expect(lines[9] == lines[1])
    #expect(lines[10].contains("┃"))
    #expect(
      lines[11]
        == " frame 42 of 100  2.1 ms  x 4 y 3 = 82  levels 0..255 p1  gray  arrows: crosshair    ? help"
        || lines[11].hasPrefix(" frame 42 of 100  2.1 ms  x 4 y 3 = 82  levels 0..255 p1"))
  }

  @Test(arguments: [(24, 80), (48, 160), (12, 40), (6, 20), (10, 30)])
  func everySizeKeepsFrameAndImage(rows: Int, columns: Int) throws {
    var samples = try ViewSamples(rows: rows, columns: columns)
    samples.type("7.")
    let grid = samples.grid(rows: rows, columns: columns)
    #expect(grid.lines[rows - 1].contains("frame 7 of 100"))
    #expect(grid.lines[1..<rows - 2].contains { $0.contains("#") })
    #expect(grid.lines.allSatisfy { $0.unicodeScalars.count <= columns })
  }

  @Test(arguments: [(5, 80), (24, 19), (1, 1), (1, 18), (3, 40)])
  func tooSmallSaysSo(rows: Int, columns: Int) throws {
    let samples = try ViewSamples(rows: rows, columns: columns)
    let text = samples.grid(rows: rows, columns: columns).lines.joined()
    #expect(text == String("terminal too small".prefix(columns)).trimmingSuffix(" "))
  }

  @Test func statusDropsTheLeastImportantFirst() throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.type("42gc")
    var seen: [Set<String>] = []
    for columns in stride(from: 100, through: 20, by: -4) {
      let line = samples.grid(rows: 12, columns: columns).lines[11]
      let words = ["frame 42", "x 4 y 3 = 82", "levels 0..255", "2.1 ms", "gray"]
      seen.append(Set(words.filter { line.contains($0) }))
    }
    for (wide, narrow) in zip(seen, seen.dropFirst()) { #expect(narrow.isSubset(of: wide)) }
    #expect(seen.first?.count == 5)
    #expect(seen.contains(["frame 42", "x 4 y 3 = 82"]))
    #expect(seen.last == ["frame 42"])
  }

  @Test(arguments: [(24, 80), (12, 40), (6, 20), (3, 40)], ["42gc", "7.:find"])
  func theStatusLineAloneIsTheSame(size: (rows: Int, columns: Int), keys: String) throws {
    var samples = try ViewSamples(rows: size.rows, columns: size.columns)
    samples.type(keys)
    var grid = CellGrid(rows: size.rows, columns: size.columns)
    var view = ScreenView()
    for isExact in [true, false, true] {
      view.draw(samples.inputs(isExact: !isExact), in: &grid)
      view.redrawStatus(samples.inputs(isExact: isExact), in: &grid)
      let whole = samples.grid(rows: size.rows, columns: size.columns, isExact: isExact)
      #expect(grid.lines == whole.lines)
      #expect(grid.cursor?.column == whole.cursor?.column)
    }
  }

  @Test func loadingIsSaidAndTheTimelineShowsWhatArrived() throws {
    let samples = try ViewSamples(arrived: 50, rows: 12, columns: 100)
    let lines = samples.grid(rows: 12, columns: 100).lines
    #expect(lines[0].hasSuffix("loading 50 % 1.5 GiB/s"))
    #expect(
      lines[10] == "┃" + String(repeating: "─", count: 49) + String(repeating: "·", count: 50))
  }

  @Test func aFrameThatHasNotArrivedKeepsTheOldImage() throws {
    var samples = try ViewSamples(arrived: 50, rows: 12, columns: 100)
    let bright = samples.grid(rows: 12, columns: 100)
    samples.type("70g")
    let dimmed = samples.grid(rows: 12, columns: 100)
    #expect(dimmed.lines[11].contains("frame 70 of 100  loading"))
    #expect(dimmed.image.area == bright.image.area)
    #expect(zip(dimmed.image.pixels, bright.image.pixels).allSatisfy { $0 == ($1 >> 1) & 0x7F7F7F })
  }

  @Test func rangeAndMarksStandOnTheTimeline() throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.type("20gi60go")
    samples.send(.action(.setMark("k")))
    samples.type("0g")
    let line = samples.grid(rows: 12, columns: 100).lines[10]
    #expect(line.contains("[=range 20:61="))
    #expect(Array(line.unicodeScalars)[60] == "k")
    #expect(Array(line.unicodeScalars)[0] == "┃")
  }

  @Test func sheetsCoverTheImageAndScroll() throws {
    var samples = try ViewSamples(rows: 14, columns: 80)
    samples.type("?")
    let top = samples.grid(rows: 14, columns: 80).lines
    #expect(top[2].contains("Frames"))
    #expect(top.joined().contains("next frame"))
    samples.send(.key(Key(.pageDown)))
    #expect(!samples.grid(rows: 14, columns: 80).lines.joined().contains("next frame"))
    samples.type("?I")
    #expect(samples.grid(rows: 14, columns: 80).lines.joined().contains("fits in memory"))
    samples.type("W")
    #expect(samples.grid(rows: 14, columns: 80).lines.joined().contains("12 frames/s"))
  }

  @Test func thePromptTakesTheStatusLine() throws {
    var samples = try ViewSamples(rows: 12, columns: 30)
    samples.type(":colormap a-name-that-is-longer-than-the-screen")
    let grid = samples.grid(rows: 12, columns: 30)
    #expect(grid.lines[11].hasPrefix(":") && grid.lines[11].hasSuffix("the-screen"))
    #expect(grid.cursor?.row == 11)
    #expect(try #require(grid.cursor).column < 30)
  }

  @Test(arguments: [
    (80, "decode once to disk: 11.0 GiB (free 90.0 GiB)? Enter"), (44, "to disk: 11.0 GiB? Enter"),
    (40, "to disk? Enter"),
  ])
  func anOfferIsMadeInFewerWordsWhereItIsNarrow(columns: Int, words: String) throws {
    var samples = try ViewSamples(rows: 12, columns: columns)
    samples.send(.cacheOffered(CacheOffer(bytes: 11 << 30, free: 90 << 30)))
    let line = samples.grid(rows: 12, columns: columns).lines[11]
    #expect(line.contains("frame 0 of 100  ") && line.contains(words), "\(line)")
  }

  @Test func aStoppedProjectionSaysHowMuchOfItThereIs() throws {
    var samples = try ViewSamples(rows: 12, columns: 60)
    samples.type("M")
    for (shortfall, words) in [
      (ProjectionShortfall(frames: 82), "partial 18/100"),
      (ProjectionShortfall(rows: 2), "partial 4/6 rows"),
    ] {
      let request = try #require(samples.state.pictureRequest)
      samples.send(
        .picture(
          PictureFacts(
            request: request, condition: .complete, shortfall: shortfall, probe: [], levels: nil)))
      let line = samples.grid(rows: 12, columns: 60).lines[11]
      #expect(line.contains("\(words)  mean of 0:100"), "\(line)")
    }
  }

  @Test func aFrameWithoutAWindowSaysSo() throws {
    var samples = try ViewSamples(rows: 24, columns: 80)
    samples.type("50w")
    #expect(samples.grid(rows: 24, columns: 80).lines[23].contains("frame 0 of 100  no window"))
    samples.send(.action(.step(frames: 1)))
    samples.show()
    #expect(!samples.grid(rows: 24, columns: 80).lines[23].contains("no window"))
  }

  /// A name of 200 columns whose end tells it from its neighbours.
  @Test(arguments: [60, 80, 160])
  func aLongNameGivesWayToWhatTheRecordingIs(columns: Int) throws {
    let name = "very_long_name_of_a_recording_" + String(repeating: "x", count: 160) + "run_000042"
    let title = try ViewSamples(rows: 24, columns: columns, name: name)
      .grid(rows: 24, columns: columns).lines[0]
    #expect(title.hasPrefix(" blitz  very_lon") && title.contains("\u{2026}"))
    #expect(title.contains("000042  8x6 gray16  100 frames"))
    #expect(title.contains("18.8 KiB in memory") == (columns >= 80))
    #expect(title.count < columns)
  }

  @Test func theZoomIsSaidUnlessTheFrameIsFitted() throws {
    var samples = try ViewSamples(rows: 24, columns: 120)
    func status() -> String { samples.grid(rows: 24, columns: 120).lines[23] }
    #expect(!status().contains(":1"))
    samples.type("Z")
    #expect(status().contains("  1:1"))
    samples.type("++")
    #expect(status().contains("  2:1"))
    samples.type("6-")
    #expect(status().contains("  1:4"))
    samples.type("Z")
    #expect(!status().contains("1:4"))
  }

  @Test func envelopesSayWhatTheyAreOf() throws {
    var samples = try ViewSamples(rows: 24, columns: 160)
    for (line, words) in [
      ("p5", "envelope image p5..p95"), ("image", "envelope image min..max"),
      ("stack", "envelope stack min..max"), ("p25", "envelope image p25..p75"),
    ] {
      samples.command("envelope \(line)")
      #expect(samples.grid(rows: 24, columns: 160).lines[23].contains(words))
    }
    samples.command("envelope off")
    #expect(!samples.grid(rows: 24, columns: 160).lines[23].contains("envelope"))
  }

  @Test func colourHasNoColourMap() throws {
    var samples = try ViewSamples(rows: 24, columns: 120, channels: 3)
    func status() -> String { samples.grid(rows: 24, columns: 120).lines[23] }
    #expect(!status().contains("gray"))
    samples.type("C")
    #expect(samples.state.display.colorMap == 0 && status().contains("its own colours"))
    samples.type("!")
    #expect(!samples.state.display.isInverted && status().contains("its own colours"))
    samples.type("V")
    #expect(status().contains("  log") && !status().contains("gray"))
    samples.type("$")
    let bar = samples.grid(rows: 24, columns: 120).colorBar
    #expect(bar.pixels.allSatisfy { $0 == $0 & 255 * 0x010101 })
  }

  @Test func anApproximationIsMarked() throws {
    let samples = try ViewSamples(rows: 12, columns: 100)
    #expect(samples.grid(rows: 12, columns: 100, isExact: false).lines[11].contains("  ~  "))
    #expect(!samples.grid(rows: 12, columns: 100).lines[11].contains("~"))
  }

  @Test func pixelsCarryTheColourMap() throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.type("100.")
    var grid = samples.grid(rows: 12, columns: 100)
    #expect(grid.image.pixels[0] == 99 * 0x010101)
    #expect(grid.image.levels[0] == 99)
    samples.type("C")
    grid = samples.grid(rows: 12, columns: 100)
    #expect(grid.image.pixels[0] == LookupTable.builtin[1].colors[99])
    samples.type("!")
    grid = samples.grid(rows: 12, columns: 100)
    #expect(grid.image.pixels[0] == LookupTable.builtin[1].colors[255 - 99])
  }

  @Test func damagedFramesAreHatched() throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.picture.isDamaged = true
    let patch = samples.grid(rows: 12, columns: 100).image
    let marked = patch.pixels.filter { $0 & ImagePatch.overlay != 0 }.count
    #expect(marked * 4 >= patch.pixels.count - 3)
  }

  private static let timesLeft: [(seconds: Double?, words: String)] = [
    (nil, "computing 43 %  "), (2.1, "computing 43 %, 3 s left"), (119, "119 s left"),
    (121, "computing 43 %, 3 min left"), (.infinity, "computing 43 %  "),
  ]

  @Test(arguments: timesLeft)
  func aProjectionSaysWhatIsLeftOfIt(seconds: Double?, words: String) throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.type("M")
    samples.send(.projecting(samples.state.plane, 0.43, secondsLeft: seconds))
    let line = samples.grid(rows: 12, columns: 100).lines[11]
    #expect(line.contains(words), "\(line)")
  }

  @Test func whatWasDividedByZeroIsCounted() throws {
    var samples = try ViewSamples(rows: 24, columns: 100)
    let request = try #require(samples.state.pictureRequest)
    samples.send(
      .picture(
        PictureFacts(request: request, condition: .complete, probe: [], levels: nil, zeroed: 12)))
    let words = "12 px zeroed"
    #expect(samples.grid(rows: 24, columns: 100).lines[23].contains(words))
    #expect(samples.grid(rows: 24, columns: 40).lines[23].contains(words))
    samples.send(.action(.toggle(.info)))
    #expect(
      samples.grid(rows: 24, columns: 100).lines.contains {
        $0.contains("zeroed   12 of this frame's 48 samples")
      })
    samples.send(.key(Key(.escape)))
    samples.type("b")
    #expect(!samples.grid(rows: 24, columns: 100).lines[23].contains("zeroed"))
  }

  @Test func aListThatIsTooWideEndsInDots() throws {
    var samples = try ViewSamples(rows: 12, columns: 40)
    samples.type(":find ")
    samples.send(.key(Key(.tab)))
    #expect(
      samples.grid(rows: 12, columns: 40).lines[10] == " mean  median  std  min  max  sum  n")
    samples.type("x")
    samples.send(.key(.control("u")))
    samples.type("subtract ")
    samples.send(.key(Key(.tab)))
    #expect(
      samples.grid(rows: 12, columns: 40).lines[10] == " mean:  std:  min:  max:  median:  ...")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ scalar: Character) -> String {
    var text = self
    while text.last == scalar { text.removeLast() }
    return text
  }
}
