import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct ValueAxisTests {
  @Test(arguments: [
    (0.0, 100.0, 3, ["0", "50", "100"]), (12.3, 3800.7, 4, ["1000", "2000", "3000"]),
    (-1.0, 1.0, 5, ["-1", "-0.5", "0", "0.5", "1"]), (0.00011, 0.00052, 2, ["0.0002", "0.0004"]),
    (-3e12, 9e12, 2, ["0", "5e+12"]), (0.2, 0.9, 1, ["0.5"]),
  ])
  func ticksAreRound(low: Double, high: Double, count: Int, labels: [String]) {
    let axis = ValueAxis(covering: low...high, dots: 40)
    #expect(axis.ticks(atMost: count, width: 7).map(\.label) == labels)
  }

  @Test func labelsThatWouldReadTheSameCountFromTheLowest() {
    let axis = ValueAxis(covering: 1e9...1e9 + 4, dots: 40)
    #expect(axis.ticks(atMost: 3, width: 7).map(\.label) == ["1e+09", "+2", "+4"])
  }

  @Test func labelsNeverExceedTheirRoom() {
    var random = SeededRandom(seed: 7)
    for _ in 0..<2000 {
      let a = Double(bitPattern: random.next())
      let b = Double(bitPattern: random.next())
      guard a.isFinite, b.isFinite else { continue }
      let axis = ValueAxis(covering: min(a, b)...max(a, b), dots: 33)
      #expect(axis.low < axis.high && axis.low.isFinite && axis.high.isFinite)
      let ticks = axis.ticks(atMost: 5, width: 8)
      #expect(ticks.count <= 5)
      #expect(Set(ticks.map(\.label)).count == ticks.count)
      for tick in ticks {
        #expect(tick.label.utf8.count <= 8)
        #expect(0..<33 ~= tick.dot)
      }
      for value in [a, b, 0, .greatestFiniteMagnitude, -.greatestFiniteMagnitude] {
        #expect(-32...64 ~= axis.dot(of: value))
      }
    }
  }

  @Test(arguments: [0.0, 5, -5, 1e300, -1e-300, .leastNonzeroMagnitude, 4e307])
  func aConstantGetsRoomOnBothSides(value: Double) {
    let axis = ValueAxis(covering: value...value, dots: 21)
    #expect(axis.low < axis.high)
    if abs(value) < 1e307 { #expect(axis.dot(of: value) == 10) }
  }

  @Test func dotsAndValuesAreInverse() {
    let axis = ValueAxis(covering: -7.5...12.25, dots: 29)
    for dot in 0..<29 { #expect(axis.dot(of: axis.value(at: dot)) == dot) }
    #expect(ValueAxis(covering: 1...2, dots: 1).value(at: 0) == 1)
  }
}
