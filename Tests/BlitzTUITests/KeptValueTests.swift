import Testing

@testable import BlitzTUI

@Suite struct KeptValueTests {
  @Test func isMadeOncePerKeyInARow() {
    var kept = KeptValue<Int, String>()
    var made: [Int] = []
    func text(of key: Int) -> String {
      kept.value(of: key) { key in
        made.append(key)
        return "<\(key)>"
      }
    }
    #expect([1, 1, 2, 2, 1].map(text) == ["<1>", "<1>", "<2>", "<2>", "<1>"])
    #expect(made == [1, 2, 1])
  }
}

@Suite struct RefillTests {
  @Test(arguments: [0, 1, 5]) func holdsEqualElementsWhateverWasThere(count: Int) {
    for before in [[], [1], [1, 2, 3, 4, 5], Array(repeating: 3, count: 9)] {
      var array = before
      array.refill(count, with: 7)
      #expect(array == Array(repeating: 7, count: count))
    }
  }
}
