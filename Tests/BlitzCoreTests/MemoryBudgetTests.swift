import BlitzCore
import Testing

@Suite struct MemoryBudgetTests {
  @Test func nineTenthsOfTheSmallestLimit() {
    let budget = MemoryBudget([.init(.machine, bytes: 1000), .init(.container, bytes: 500)])
    #expect(budget.limitBytes == 450)
    #expect(budget.smallest.source == .container)
    #expect(budget.capped(at: nil) == budget)
    #expect(budget.capped(at: 100).limitBytes == 90)
    #expect(budget.capped(at: 100).smallest.source == .user)
    #expect(budget.capped(at: 5000).limitBytes == 450)
    #expect(MemoryBudget([.init(.process, bytes: -5)]).limitBytes == 0)
  }

  @Test func partialResultsCountPerBlock() {
    let footprint = StackFootprint(frameBytes: 100, blockBytes: 7)
    #expect(footprint.bytes(frames: 1) == 107)
    #expect(footprint.bytes(frames: 64) == 6407)
    #expect(footprint.bytes(frames: 65) == 6514)
    #expect(StackFootprint(frameBytes: .max / 2).bytes(frames: 3) == .max)
  }

  /// Every k-th of all frames, by trying k = 1, 2, 3 ...
  private func plainStep(_ footprint: StackFootprint, _ frames: Int, _ limit: Int) -> Int? {
    (1...frames).first { k in
      let kept = stride(from: 0, to: frames, by: k).reduce(0) { count, _ in count + 1 }
      return kept * footprint.frameBytes + (kept + 63) / 64 * footprint.blockBytes
        <= limit - footprint.fixedBytes
    }
  }

  @Test(
    arguments: [1, 2, 7, 64, 65, 100, 1000], [0, 99, 100, 101, 250, 399, 6400, 20_000, 200_000])
  func theStepIsTheSmallestThatFits(frames: Int, limit: Int) {
    for footprint in [
      StackFootprint(frameBytes: 100), StackFootprint(frameBytes: 100, blockBytes: 30),
      StackFootprint(frameBytes: 100, blockBytes: 9, fixedBytes: 50),
    ] {
      #expect(
        footprint.stepNeeded(frames: frames, within: limit) == plainStep(footprint, frames, limit))
    }
  }

  @Test func theStepRoundsUp() {
    // 5 of 9 frames fit: a ratio of 1.8 must not become 1.
    #expect(StackFootprint(frameBytes: 10).stepNeeded(frames: 9, within: 50) == 2)
  }
}
