import BlitzCore
import BlitzModel
import Testing

@testable import BlitzTUI

@Suite struct TimelineViewTests {
  /// A stack of 100 frames with a range, two marks and the playhead, of which a part is shown.
  private func line(_ columns: Int, _ keys: String = "") throws -> String {
    var samples = try ViewSamples(rows: 12, columns: columns)
    samples.type("20gi60go30gmk95gma95g" + keys)
    return samples.grid(rows: 12, columns: columns).lines[10]
  }

  private func line(ofCommand command: String) throws -> String {
    var samples = try ViewSamples(rows: 12, columns: 60)
    samples.type("20gi60go30gmk95gma50g:" + command)
    samples.send(.key(Key(.enter)))
    return samples.grid(rows: 12, columns: 60).lines[10]
  }

  @Test(arguments: [
    (20, "───[=k=====]──────┃─"),
    (40, "───────[===k===========]─────────────┃──"),
    (60, "───────────[=====k=range 20:61=====]────────────────────┃───"),
    (80, "───────────────[=======k=range 20:61===========]───────────────────────────┃────"),
    (
      160,
      "────────────────────────────────[=range 20:61===k===============================================]───────────────────────────────────────────────────────┃───────"
    ),
  ])
  func itLooksAsItDid(columns: Int, golden: String) throws {
    let drawn = try line(columns)
    #expect(drawn == golden, "\n\(drawn)\n")
  }

  @Test(arguments: [
    ("timeline 0:40", "──────────────────────────────[=range 20:61==k=============>"),
    ("timeline 40:80", "<=range 20:61==┃==============]────────────────────────────>"),
    ("timeline 70:100", "<─────────────────────────────────────────────────a─────────"),
    ("timeline 25:55", "<=========k=range 20:61===========================┃========>"),
    ("timeline 50:58", "┃=range 20:61==============================================>"),
  ])
  func aPartOfTheStackSaysWhereMoreIs(command: String, golden: String) throws {
    let drawn = try line(ofCommand: command)
    #expect(drawn == golden, "\n\(drawn)\n")
  }

  @Test(arguments: [1, 2, 7, 60, 99, 100, 101, 250])
  func everyColumnMeansAPositionThatIsDrawnInIt(columns: Int) {
    for positions in [0..<1, 5..<6, 0..<2, 0..<100, 40..<100, 3..<5000] {
      let axis = TimelineAxis(positions, columns: columns)
      for column in 0..<columns {
        let position = axis.position(at: column)
        #expect(positions.contains(position))
        if positions.count >= columns, columns > 1 {
          #expect(axis.column(of: position) == column, "\(positions) in \(columns)")
        }
      }
      #expect(axis.position(at: -5) == positions.lowerBound)
      #expect(columns == 1 || axis.position(at: columns + 5) == positions.upperBound - 1)
      #expect(axis.column(of: positions.lowerBound) == 0)
      #expect(axis.column(of: positions.upperBound) == nil)
      #expect(axis.column(of: positions.lowerBound - 1) == nil)
    }
  }

  @Test func theMouseTakesHoldOfWhatIsDrawn() throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.type("20gi60go40g")
    let line = Array(samples.grid(rows: 12, columns: 100).lines[10])
    let layout = try #require(ScreenLayout(rows: 12, columns: 100))
    for column in 0..<100 {
      let wanted: PointerEvent.TimelinePart =
        switch line[column] {
        case "┃": .playhead
        case "[": .rangeStart
        case "]": .rangeEnd
        case "─": .free
        default: .range
        }
      let event = MouseEvent(.left, .press, row: 10, column: column)
      #expect(layout.target(of: event, in: samples.state) == .timeline(column, wanted))
    }
  }

  @Test func dragsStayOnTheTimeline() throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.type("20gi60go0g")
    let layout = try #require(ScreenLayout(rows: 12, columns: 100))
    func mouse(_ kind: MouseEvent.Kind, _ row: Int, _ column: Int) {
      let event = MouseEvent(.left, kind, row: row, column: column)
      samples.send(.pointer(PointerEvent(layout.target(of: event, in: samples.state), event)))
    }
    mouse(.press, 10, 20)
    mouse(.drag, 4, 30)
    #expect(samples.state.range == FrameRange(start: 30, end: 61))
    mouse(.drag, 0, -7)
    #expect(samples.state.range == FrameRange(start: 0, end: 61))
    mouse(.release, 0, 0)
    mouse(.press, 10, 60)
    mouse(.drag, 11, 400)
    #expect(samples.state.range == nil)
  }
}
