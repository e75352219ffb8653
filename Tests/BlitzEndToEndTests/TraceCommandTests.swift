import BlitzTestSupport
import Testing

@Suite struct TraceCommandTests {
  private let recording = SampleRecording(frames: 11, rows: 23, columns: 31)

  @Test func numbersAreExact() throws {
    let run = try CommandRun.blitz(
      "trace", recording.path, "--roi", "rect:4,5,7,6", "--roi", "spot=point:3,2", "--stat",
      "mean,median,std,min,max,sum,n", "--fps", "30000/1001", "--range", "2:11:3", "-o", "-")
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let rows = table(run.text)
    #expect(rows[0].prefix(4) == ["frame", "time_s", "A_mean", "A_median"])
    #expect(rows[0].suffix(1) == ["spot_n"] && rows.count == 4)
    for (row, frame) in zip(rows.dropFirst(), [2, 5, 8]) {
      let values = (5..<11).flatMap { y in
        (4..<11).map { Double(recording.value(frame: frame, row: y, column: $0)) }
      }
      let numbers = row.map { Double($0) ?? .nan }
      #expect(numbers[0] == Double(frame))
      #expect(abs(numbers[1] - Double(frame) * 1001 / 30000) < 1e-15)
      #expect(abs(numbers[2] - ReferenceStack.mean(values)) < 1e-9)
      #expect(numbers[3] == ReferenceStack.median(values))
      #expect(abs(numbers[4] - ReferenceStack.std(values)) < 1e-9)
      #expect(numbers[5] == values.min() && numbers[6] == values.max())
      #expect(numbers[7] == values.reduce(0, +) && numbers[8] == 42)
      #expect(numbers[9] == Double(recording.value(frame: frame, row: 2, column: 3)))
    }
  }

  @Test func notesSayWhatWasMeasured() throws {
    let run = try CommandRun.blitz(
      "trace", recording.path, "--roi", "rect:4,5,7,6", "--subtract", "mean:0:5", "-o", "-")
    for note in [
      "# blitz ", "# source: \(recording.path)", "# corrections: subtract mean:0:5",
      "# ROI A: rect:4,5,7,6", "# fps: unknown",
    ] {
      #expect(run.text.contains(note), "\(note)")
    }
    #expect(table(run.text)[1][1].isEmpty, "no rate, no time")
  }

  @Test func threadsAndPassesChangeNoByte() throws {
    let recording = SampleRecording(frames: 120, rows: 40, columns: 120)
    let texts = try [
      ["--threads", "1"], ["--threads", "2"], ["--threads", "8"], ["--max-ram", "1M"],
    ]
    .map { options in
      try CommandRun(
        [Built.blitz, "trace", recording.path, "--roi", "ellipse:5,5,31,20", "-o", "-"] + options,
        environment: environment()
      ).text
    }
    #expect(Set(texts).count == 1 && table(texts[0]).count == 121)
  }

  @Test func aRegionOutsideIsRefusedBeforeLoading() throws {
    let run = try CommandRun.blitz("trace", recording.path, "--roi", "rect:31,0,5,5", "-o", "-")
    #expect(run.ending == .exit(2) && run.output.isEmpty)
    #expect(run.errorText.contains("31x23"), "\(run.errorText)")
  }

  @Test func aRegionPartlyOutsideIsClippedAndTold() throws {
    let run = try CommandRun.blitz(
      "trace", recording.path, "--roi", "rect:30,0,5,2", "--stat", "n", "-o", "-")
    #expect(run.ending == .exit(0) && run.errorText.contains("partly outside"))
    #expect(table(run.text)[1][2] == "2")
  }

  @Test func aProfileIsTheBandAroundALine() throws {
    let run = try CommandRun.blitz(
      "profile", recording.path, "-n", "7", "--row", "4", "--width", "4", "-o", "-")
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let rows = table(run.text)
    #expect(rows[0] == ["position", "mean", "min", "max"] && rows.count == 32)
    for (x, row) in rows.dropFirst().enumerated() {
      let band = (3..<7).map { Double(recording.value(frame: 7, row: $0, column: x)) }
      let numbers = row.map { Double($0) ?? .nan }
      #expect(numbers == [Double(x), ReferenceStack.mean(band), band.min(), band.max()])
    }
  }
}
