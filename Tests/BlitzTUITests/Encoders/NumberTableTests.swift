import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct NumberTableTests {
  @Test func numbersAreThoseOfADictionary() {
    var random = SeededRandom(seed: 6)
    var table = NumberTable()
    for count in [10, 5000, 3, 700, 40_000] {
      table.removeAll()
      var expected: [UInt64: Int32] = [:]
      for _ in 0..<count {
        // Neighbouring keys as of gray pairs, and any.
        let key =
          random.int(0..<2) == 0
          ? UInt64(random.int(0..<256)) * 0x010101 : UInt64.random(in: 0..<1 << 48, using: &random)
        let (number, isNew) = table.number(of: key)
        #expect(isNew == (expected[key] == nil))
        #expect(number == expected[key] ?? Int32(expected.count))
        expected[key] = number
      }
    }
  }
}
