import BlitzCore
import BlitzModel
import Testing

@testable import BlitzTUI

@Suite struct DrawHoldTests {
  private let start = ContinuousClock.now
  private var hold = DrawHold()

  private func at(_ milliseconds: Int) -> DrawHold.Moment { start + .milliseconds(milliseconds) }

  /// Milliseconds that a draw of a state waits.
  private func wait(_ samples: ViewSamples, at milliseconds: Int) -> Int {
    hold.delay(for: samples.state, now: at(milliseconds)).milliseconds
  }

  /// A region whose trace is seen.
  private func traced() throws -> ViewSamples {
    var samples = try ViewSamples(rows: 60, columns: 160)
    samples.command("roi rect:1,1,3,3")
    samples.type("T")
    samples.send(.panes([.trace]))
    samples.show()
    return samples
  }

  private func answer(_ samples: inout ViewSamples, _ revision: Int, isWhole: Bool) {
    samples.send(
      .traces(
        TraceBoard(
          traces: [], revision: revision, answered: isWhole ? samples.state.traceRequest : nil)))
  }

  @Test mutating func theImageIsWaitedForAndNoLonger() throws {
    var samples = try ViewSamples(rows: 60, columns: 160)
    #expect(wait(samples, at: 0) == 0, "nothing to draw")
    samples.send(.key(.character(".")))
    hold.change(now: at(0))
    #expect(wait(samples, at: 1) == 32)
    #expect(wait(samples, at: 33) == 0)
    samples.show()
    #expect(wait(samples, at: 2) == 0)
    #expect(hold.isDirty)
    hold.draw()
    #expect(!hold.isDirty)
  }

  @Test mutating func tracesAreWaitedForUntilTheyAreAllThere() throws {
    var samples = try traced()
    hold.change(now: at(0))
    hold.askForTraces(now: at(1))
    #expect(wait(samples, at: 1) == 4)
    answer(&samples, 1, isWhole: false)
    #expect(wait(samples, at: 2) == 3, "more is to come")
    answer(&samples, 2, isWhole: true)
    #expect(wait(samples, at: 2) == 0)
  }

  @Test mutating func slowTracesHoldNoDrawTwice() throws {
    let samples = try traced()
    hold.change(now: at(0))
    hold.askForTraces(now: at(0))
    #expect(wait(samples, at: 5) == 0)
    hold.draw()
    hold.change(now: at(40))
    #expect(wait(samples, at: 40) == 0)
  }

  /// While frames arrive, traces are asked for again and again.
  @Test mutating func requestsThatFollowEachOtherHoldADrawNoLonger() throws {
    let samples = try traced()
    hold.change(now: at(0))
    for moment in 0..<5 {
      hold.askForTraces(now: at(moment))
      #expect(wait(samples, at: moment) == 5 - moment)
    }
    hold.askForTraces(now: at(5))
    #expect(wait(samples, at: 5) == 0)
  }

  @Test mutating func aScreenWithoutTracesIsNotHeldUp() throws {
    var samples = try ViewSamples(rows: 60, columns: 160)
    samples.type("!")
    hold.change(now: at(0))
    hold.askForTraces(now: at(0))
    #expect(wait(samples, at: 0) == 0)
  }
}
