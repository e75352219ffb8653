@testable import BlitzIO
import BlitzTestSupport
import Testing

@Suite struct LoadQueueTests {
  @Test func framesComeInOrderUnlessOneIsWanted() {
    var queue = LoadQueue(count: 6)
    #expect(queue.take() == 0)
    queue.want(4)
    #expect(queue.take() == 4)
    queue.want(4)
    queue.want(0)
    queue.want(6)
    queue.want(-1)
    #expect([1, 2, 3, 5].allSatisfy { queue.take() == $0 })
    #expect(queue.take() == nil)
  }

  @Test func theLastWishCounts() {
    var queue = LoadQueue(count: 9)
    queue.want(3)
    queue.want(7)
    #expect([7, 0, 1, 2, 3].allSatisfy { queue.take() == $0 })
  }

  @Test func everyFrameIsTakenOnceWhateverIsWanted() {
    var random = SeededRandom(seed: 8)
    for count in [1, 2, 50] {
      var queue = LoadQueue(count: count)
      var taken: [Int] = []
      while let frame = queue.take() {
        taken.append(frame)
        queue.want(Int.random(in: -2..<count + 2, using: &random))
      }
      #expect(taken.sorted() == Array(0..<count))
    }
  }
}
