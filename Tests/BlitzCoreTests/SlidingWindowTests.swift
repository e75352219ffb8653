import BlitzCore
import Testing

struct SlidingWindowTests {
  private func windows(_ kind: SlidingWindow.Kind, _ length: Int, frames: Int) throws -> [Range<
    Int
  >] {
    let window = try #require(SlidingWindow(kind, length: length))
    return (0..<frames).map { window.frames(of: $0, in: frames) }
  }

  @Test func slideLooksForwardAndLosesFrames() throws {
    let windows = try windows(.slide(lag: 1), 3, frames: 7)
    #expect(windows.map(\.count) == [0, 0, 3, 3, 3, 0, 0])
    #expect(windows[2] == 2..<5 && windows[4] == 4..<7)
    let window = try #require(SlidingWindow(.slide(lag: 1), length: 3))
    // N = T - (lag + W)
    #expect(window.framesWithWindow(in: 7) == 2..<5)
    #expect(window.framesWithWindow(in: 4).isEmpty)
  }

  @Test func trailAndCenterKeepEveryFrame() throws {
    #expect(try windows(.trail, 3, frames: 5) == [0..<1, 0..<2, 0..<3, 1..<4, 2..<5])
    #expect(try windows(.center, 3, frames: 5) == [0..<2, 0..<3, 1..<4, 2..<5, 3..<5])
    #expect(try windows(.center, 4, frames: 5) == [0..<3, 0..<4, 1..<5, 2..<5, 3..<5])
    #expect(try windows(.center, 99, frames: 2) == [0..<2, 0..<2])
  }

  @Test func refusesImpossibleOnes() {
    #expect(SlidingWindow(.trail, length: 0) == nil)
    #expect(SlidingWindow(.slide(lag: -1), length: 1) == nil)
    #expect(SlidingWindow(.center, length: 1 << 25) == nil)
  }
}
