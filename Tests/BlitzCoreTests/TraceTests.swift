import BlitzCore
import Testing

struct TraceTests {
  @Test func fillsInAnyOrder() throws {
    let region = try RegionOfInterest(parsing: "point:0,0")
    var trace = Trace(of: region, frames: 3)
    var one = RegionStatistics()
    (one.mean, one.count) = (4, 2)
    trace.set(one, frame: 2)
    trace.set(one, frame: 2)
    trace.set(one, frame: 3)
    trace.set(one, frame: -1)
    #expect(trace.measuredCount == 1 && !trace.isComplete)
    #expect(trace.values(.mean)[0].isNaN && trace.values(.n)[2] == 2)
    trace.set(one, frame: 0)
    trace.set(one, frame: 1)
    #expect(trace.isComplete && trace.values(.mean) == [4, 4, 4])
  }
}
