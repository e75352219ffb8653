import BlitzCore
import Testing

@Suite struct FrameRangeTests {
  // Expected: list(range(12))[slice] in Python.
  @Test(arguments: [
    (":", 0, 12, 1, 12), ("3:7", 3, 7, 1, 4), ("-5:", 7, 12, 1, 5), (":-2", 0, 10, 1, 10),
    ("::5", 0, 12, 5, 3), ("1:100:4", 1, 12, 4, 3), ("-100:3", 0, 3, 1, 3),
  ])
  func slicesResolveAsInPython(text: String, start: Int, end: Int, step: Int, count: Int) throws {
    let range = try #require(FrameSlice(text)?.resolve(frames: 12))
    #expect((range.start, range.end, range.step) == (start, end, step))
    #expect(range.count == count)
  }

  @Test(arguments: ["5:5", "9:3", "12:", ":-12", "50:60"])
  func emptySlicesAreNil(text: String) throws {
    #expect(try #require(FrameSlice(text)).resolve(frames: 12) == nil)
  }

  @Test(arguments: [
    "", "5", "a:b", "1:2:0", "1:2:-1", "1:2:3:4", "1.5:2", "99999999999999999999:", "0x1:2", "1 :2",
  ])
  func nonsenseIsRefused(text: String) { #expect(FrameSlice(text) == nil) }

  @Test func extremeBoundsDoNotTrap() {
    #expect(FrameSlice("\(Int.min):\(Int.max)")?.resolve(frames: 3)?.count == 3)
    #expect(FrameSlice("::\(Int.max)")?.resolve(frames: 3)?.count == 1)
  }

  @Test func nearestIndexLandsOnTheClosestFrame() throws {
    let range = try #require(FrameRange(start: 10, end: 31, step: 5))
    #expect((0..<range.count).map { range[$0] } == [10, 15, 20, 25, 30])
    for frame in -3...40 {
      let best = (0..<range.count).map { abs(range[$0] - frame) }.min()
      #expect(abs(range[range.nearestIndex(to: frame)] - frame) == best)
    }
    #expect(range.contains(25) && !range.contains(26) && !range.contains(35))
    #expect(range.text == "10:31:5")
  }

  @Test(arguments: [
    ("25", 25, 1), ("29.97", 2997, 100), ("30000/1001", 30000, 1001), ("0.5", 1, 2),
    ("100000", 100_000, 1),
  ])
  func ratesStayExact(text: String, numerator: Int, denominator: Int) throws {
    let rate = try #require(FrameRate(text))
    #expect((rate.numerator, rate.denominator) == (numerator, denominator))
  }

  @Test(arguments: ["", "0", "-5", "1/0", "1e5", "1.2.3", "/", "nan", "9999999999999999999"])
  func nonsenseRatesAreRefused(text: String) { #expect(FrameRate(text) == nil) }
}
