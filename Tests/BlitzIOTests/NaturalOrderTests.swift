@testable import BlitzIO
import BlitzTestSupport
import Testing

@Suite struct NaturalOrderTests {
  private func sorted(_ names: [String]) -> [String] {
    var list = FileNames()
    for name in names { list.append(name.utf8) }
    return list.naturalOrder().map { names[$0] }
  }

  @Test(arguments: [
    ["shot 1", "shot 2", "shot 9", "shot 10", "shot 11", "shot 100"],
    ["a", "a.png", "a0", "a1", "a1.png", "a1b", "a2", "aa"],
    ["x01y2", "x1y2", "x1y10", "x2y1"],
    ["0", "00", "000", "01", "1"],
    ["f99999999999999999998", "f99999999999999999999", "f100000000000000000000"],
    ["", "1", "a"],
  ])
  func numbersCountAndTheRestIsBytes(expected: [String]) {
    #expect(sorted(expected.reversed()) == expected)
    #expect(sorted(expected) == expected)
  }

  @Test func digitRunsOfAnyLengthAreNumbers() {
    let long = String(repeating: "9", count: 300)
    #expect(
      sorted(["n1" + long, "n" + long, "n00" + long]) == ["n00" + long, "n" + long, "n1" + long])
  }

  @Test func bytesThatAreNotUTF8HaveTheirPlace() {
    let names: [[UInt8]] = [[0x61, 0xff, 0x32], [0x61, 0xff, 0x31, 0x30], [0x61, 0x80], [0x61]]
    var list = FileNames()
    for name in names { list.append(name) }
    #expect(list.naturalOrder() == [3, 2, 0, 1])
  }

  /// The definition, element by element: bytes and numbers.
  private static func reference(_ a: String, _ b: String) -> Bool {
    let (first, second) = (parts(a), parts(b))
    for (x, y) in zip(first, second) where x != y { return x.lexicographicallyPrecedes(y) }
    if first.count != second.count { return first.count < second.count }
    return Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8))
  }

  private static func parts(_ name: String) -> [[Int]] {
    var parts: [[Int]] = []
    var isInRun = false
    for byte in name.utf8 {
      if 0x30...0x39 ~= byte, isInRun, let last = parts.last {
        parts[parts.count - 1] = [0x30, last[1] * 10 + Int(byte) - 0x30]
      } else {
        isInRun = 0x30...0x39 ~= byte
        parts.append(isInRun ? [0x30, Int(byte) - 0x30] : [Int(byte)])
      }
    }
    return parts
  }

  @Test func randomNamesFollowTheDefinition() {
    var random = SeededRandom(seed: 3)
    let alphabet = Array("0012a.-9")
    let names = (0..<400).map { _ in
      String(
        (0..<Int.random(in: 0...7, using: &random)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        })
    }
    let distinct = Array(Set(names)).sorted()
    #expect(sorted(distinct) == distinct.sorted(by: Self.reference))
    for (a, b) in zip(distinct, distinct.dropFirst()) {
      #expect(
        NaturalOrder.precedes(Array(a.utf8)[...], Array(b.utf8)[...]) == Self.reference(a, b))
    }
  }
}
