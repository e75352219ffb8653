import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzKernels

struct MedianSelectionTests {
  @Test(arguments: 1...60)
  func matchesSorting(count: Int) {
    for distinct in [1, 2, 7, 1000] {
      var random = SeededRandom(seed: UInt64(count * distinct))
      var numbers = (0..<count).map { _ in
        Float(Int.random(in: 0..<distinct, using: &random)) - 3.5
      }
      let expected = ReferenceProjection.reduce(numbers.map(Double.init), .median)
      var span = numbers.mutableSpan
      #expect(MedianSelection.median(of: &span) == expected)
    }
  }

  @Test func infinitiesAndNothing() {
    var numbers: [Float] = [.infinity, 1, -.infinity, .infinity]
    var span = numbers.mutableSpan
    #expect(MedianSelection.median(of: &span) == .infinity)
    var none: [Float] = []
    var empty = none.mutableSpan
    #expect(MedianSelection.median(of: &empty).isNaN)
  }
}
