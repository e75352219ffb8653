import BlitzModel
import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct InputFloodTests {
  /// However the bytes are cut into reads, and drawn or not, nothing is lost and nothing counted twice.
  @Test(arguments: [1, 2, 3]) func everyTurnAndKeyCounts(seed: UInt64) throws {
    let flood = InputFlood(seed: seed, row: 5, column: 30)
    var samples = try ViewSamples(frames: 20_000, arrived: 0, rows: 24, columns: 80)
    let layout = try #require(ScreenLayout(rows: 24, columns: 80))
    samples.send(.action(.goTo(frame: 8_000)))
    try #require(flood.reach < 8_000)
    var decoder = KeyDecoder()
    var decoded: [DecodedInput] = []
    for byte in flood.events.joined() { decoder.feed(byte, into: &decoded) }
    #expect(decoder.expiry == nil)
    for case .event(let event) in decoded {
      switch event {
      case .key(let key): samples.send(.key(key))
      case .mouse(let mouse):
        samples.send(.pointer(PointerEvent(layout.target(of: mouse, in: samples.state), mouse)))
      case .paste: Issue.record("a paste out of nowhere")
      }
    }
    #expect(samples.state.frame == 8_000 + flood.distance)
  }
}
