import BlitzCore
import BlitzModel
import BlitzTUI
import Testing

/// The trace pane as the state asks for it.
@Suite struct TracePaneTests {
  /// A recording with two measured regions and a probed pixel; the trace of A has a peak at frame 42.
  private func samples(_ rows: Int, _ columns: Int) throws -> ViewSamples {
    var samples = try ViewSamples(rows: rows, columns: columns)
    samples.type("T")
    for line in ["roi point:1,1", "roi rect:2,2,3,3"] { samples.command(line) }
    let panes = ScreenLayout(rows: rows, columns: columns, panes: .trace)?.panes ?? []
    samples.send(.panes(panes))
    samples.send(
      .pointer(
        PointerEvent(.image(PixelPoint(x: 5, y: 2)), MouseEvent(.none, .move, row: 0, column: 0))))
    guard let request = samples.state.traceRequest else { return samples }
    let traces = request.measured.enumerated().map { index, region in
      var trace = Trace(of: region, frames: 100)
      for frame in 0..<100 {
        var statistics = RegionStatistics()
        let peak = index == 0 && frame == 42 ? 150.0 : 0
        (statistics.count, statistics.mean) = (1, Double(frame + 40 * index) + peak)
        (statistics.min, statistics.max) = (statistics.mean - 5, statistics.mean + 5)
        trace.set(statistics, frame: frame)
      }
      return trace
    }
    samples.send(.traces(TraceBoard(traces: traces, revision: 7)))
    return samples
  }

  /// The rows of the pane with its frame.
  private func pane(_ samples: ViewSamples, _ rows: Int, _ columns: Int) throws -> [String] {
    let layout = try #require(ScreenLayout(rows: rows, columns: columns, panes: .trace))
    let area = layout.trace
    return Array(
      samples.grid(rows: rows, columns: columns).lines[area.row - 1...area.row + area.rows])
  }

  @Test(arguments: goldens)
  func panesLookAsTheyDid(rows: Int, columns: Int, keys: String, golden: String) throws {
    var samples = try samples(rows, columns)
    samples.type(keys)
    let drawn = try pane(samples, rows, columns).joined(separator: "\n")
    #expect(drawn == golden, "\n\(drawn)\n")
  }

  @Test func aClickPutsThePlayheadThere() throws {
    var samples = try samples(48, 160)
    samples.command("timeline 20:90")
    let area = try #require(ScreenLayout(rows: 48, columns: 160, panes: .trace)).trace
    func crosses(_ column: Int) -> Bool {
      let grid = samples.grid(rows: 48, columns: 160)
      return (area.row..<area.row + area.rows).allSatisfy { grid[$0, column].scalar != " " }
    }
    for column in stride(from: area.column + 9, to: area.column + area.columns - 2, by: 13) {
      samples.click(row: area.row + 2, column: column, in: (48, 160))
      // A frame has two columns or three here, and the playhead stands in the middle of its share.
      #expect(20..<90 ~= samples.state.frame && (column - 1...column + 1).contains(where: crosses))
      #expect(!crosses(column + 4) && !crosses(column - 4))
      samples.click(row: area.row + 2, column: 2, in: (48, 160))
      #expect(20..<90 ~= samples.state.frame, "beside the plot a click means nothing")
    }
  }

  @Test func thePeakIsThatOfTheShownPart() throws {
    var samples = try samples(24, 160)
    #expect(try pane(samples, 24, 160).last?.contains("peak B 139 frame 99") == true)
    samples.command("timeline 10:50")
    #expect(try pane(samples, 24, 160).last?.contains("peak B 89 frame 49") == true)
    samples.send(.key(Key(.tab)))
    samples.send(.key(Key(.enter)))
    #expect(try pane(samples, 24, 160).last?.contains("peak A 192 frame 42") == true)
    samples.command("timeline 60:80")
    #expect(try pane(samples, 24, 160).last?.contains("peak A 79 frame 79") == true)
  }

  @Test func aValueThatIsNotMeasuredYetIsNoNumber() throws {
    var samples = try samples(24, 120)
    let request = try #require(samples.state.traceRequest)
    let traces = request.measured.enumerated().map { index, region in
      var trace = Trace(of: region, frames: 100)
      var statistics = RegionStatistics()
      statistics.mean = index == 0 ? 12.5 : .nan
      if index < 2 { trace.set(statistics, frame: 0) }
      trace.set(RegionStatistics(), frame: 99)
      return trace
    }
    samples.send(.traces(TraceBoard(traces: traces, revision: 8)))
    #expect(try pane(samples, 24, 120)[0].contains(" A mean 12.5  B mean nan  + mean - "))
    samples.type("50g")
    #expect(try pane(samples, 24, 120)[0].contains(" A mean -  B mean -  + mean - "))
    samples.command("difference A B")
    #expect(try pane(samples, 24, 120)[0].contains(" A-B mean - "))
    samples.type("0g")
    #expect(try pane(samples, 24, 120)[0].contains(" A-B mean nan "))
  }

  @Test func aLongNameLeavesRoomForItsValue() throws {
    var samples = try samples(24, 100)
    samples.command("roi long_name_of_a_region_number_17=rect:1,1,4,3")
    let title = try pane(samples, 24, 100)[0]
    #expect(title.contains("trace long_n\u{2026}er_17 rect 1,1 4x3 mean"))
    #expect(title.contains(" long_n\u{2026}er_17 mean "))
  }

  @Test func aPaneWithoutTracesSaysHowToGetOne() throws {
    var samples = try ViewSamples(rows: 24, columns: 80)
    samples.type("T")
    #expect(try pane(samples, 24, 80)[0].contains("r draws a region, Y pins a pixel"))
  }

  @Test func theStatusSaysBothValuesOfADifference() throws {
    var samples = try samples(24, 160)
    samples.command("difference B A")
    samples.type("42g")
    let status = try #require(samples.grid(rows: 24, columns: 160).lines.last)
    #expect(status.contains("B-A mean -110 (82, 192)"))
  }

  static let goldens: [(Int, Int, String, String)] = [
    (
      24, 80, "mk42gmp10gi60go50g",
      """
      ┌ trace B rect 2,2 3x3 mean ───────────────── A mean 50  B mean 90  + mean 130 ┐
      │        ⡁      ⡂                     ⣇    ⢸      ⢐      ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒B│
      │    100┤⠄      ⡂   ⣀⣀⣀⣀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠤⠤⢤⢿⠒⠒⠒⠒⢺⠒⠒⠒⢒⣉⣉⣉⣉⣉⣉⣉⣉⣉⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⣒⣉⣉A│
      │        ⠒⠒⣉⣉⣉⣉⣉⣉⣉⣉⣉⠤⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⢺⠊⣏⣉⣉⣉⣹⣉⣉⣉⡡⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉⠉⠉⠈⠈⠈+│
      │      0┤⣉⡩⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉⠉⠉⡁⡈⠈⡈ ⢸ ⡀ ⡀ ⡀⢐⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ │
      └ 0 ─────k──────[======== peak B 139 frame 99 4.95 ms ───────────────────── 99 ┘
      """
    ),
    (
      24, 80, "42gmp10gi60go3)",
      """
      ┌ trace B rect 2,2 3x3 mean ──────────────── A mean 60  B mean 100  + mean 140 ┐
      │          ⠠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⢺⠒⠒⠒⠒⠒⠒⠒⠊⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁  +│
      │    100┤   ⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⡀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣸⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠄  B│
      │          ⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⢸⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈                    │
      │     50┤  ⠠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⢺⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠊⠉⠉⠁  A│
      └ 53 ──────======== peak B 105 frame 65 3.25 ms ]────────────────────────── 65 ┘
      """
    ),
    (
      36, 100, "42gmp4)",
      """
      ┌ trace B rect 2,2 3x3 mean ──────────────────────────────────── A mean 192  B mean 82  + mean 122 ┐
      │                                             ⢀⢼⢄⡀                                                 │
      │                                            ⡰⠁⢸⠈⠑⢄⡀                                               │
      │    150┤                                  ⡠⠊  ⢸  ⠈⠢⡀⡀                                             │
      │             ⠐⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⢒⠏⠉⠉⠉⠉⢹⠉⠉⠉⠉⠉⠫⡉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁     +│
      │    100┤      ⡀⡀⡀⡀⡀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣔⣁⣀⣀⣀⣀⣀⣸⣀⣀⣀⣀⣀⣀⣈⣢⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠄     B│
      │             ⠈⠉⠉⠉⠉⠉⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⡰⠁⠈⠈⠈⠈⠈⠈⠈⢸⠈⠈⠈⠈⠈⠈⠈⠈⠑⢄⡈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈⠈                  │
      │     50┤     ⠠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠊         ⢸          ⠑⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠂     A│
      └ 39 ──────────────────────────────────────────p peak B 86 frame 46 2.3 ms ──────────────────── 46 ┘
      """
    ),
    (
      24, 60, "30gd",
      """
      ┌ trace A-B mean ──────────────────────────── A-B mean -40 ┐
      │    100┤              ⢸     ⢸                             │
      │                      ⢸     ⢸                             │
      │      0┤⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⢸ ⡀ ⡀ ⡇⡇⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ │
      │        ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣸⣀⣀⣀⣀⣀⡇⣇⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀-│
      └ 0 ────────── peak A-B 110 frame 42 2.1 ms ─────────── 99 ┘
      """
    ),
    (
      20, 40, "5.2)",
      """
      ┌ trace B rect 2,2 3x3 mean ─ A mean 5 ┐
      │        ⠠⢼⠤⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠁+│
      │        ⠠⢼⠤⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠁B│
      │      0┤⠠⢼⠤⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠁A│
      └ 4 ── peak B 68 frame 28 1.4 ms ── 28 ┘
      """
    ),
  ]

  @Test func thePeaksTimeIsItsStamp() throws {
    var samples = try samples(24, 160)
    #expect(try pane(samples, 24, 160).last?.contains("peak B 139 frame 99 4.95 ms") == true)
    samples.send(.times((0..<100).map { Double($0 * $0) }))
    #expect(try pane(samples, 24, 160).last?.contains("peak B 139 frame 99 9801 s") == true)
    #expect(samples.grid(rows: 24, columns: 160).lines[23].contains("0 s"))
  }
}
