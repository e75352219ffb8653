import BlitzCore
import BlitzModel
import Testing

@Suite struct ProjectionQueueTests {
  private func wish(
    _ projection: Projection, _ end: Int = 100, of corrections: Corrections = .init(),
    arrived: Int = 100
  ) throws -> ProjectionWish {
    ProjectionWish(
      projection, over: try #require(FrameRange(start: 0, end: end)), of: corrections,
      arrived: arrived)
  }

  /// A queue whose first pass is under way.
  private func running(_ wish: ProjectionWish) throws -> (ProjectionQueue, CancellationFlag) {
    var queue = ProjectionQueue()
    let starts = queue.want(wish)
    let job = queue.next()
    #expect(starts && job?.wish == wish)
    return (queue, try #require(job).flag)
  }

  @Test func whatComesFromTheSamePassJoinsIt() throws {
    var (queue, flag) = try running(wish(.mean))
    for projection in [Projection.std, .min, .max, .sum, .std] {
      let joined = try wish(projection)
      let starts = queue.want(joined)
      #expect(!starts && queue.running?.wish == joined)
    }
    #expect(!flag.isCancelled)
    let next = queue.next()
    #expect(next == nil && queue.running == nil, "one pass gives them all")
  }

  @Test func anythingElseStopsIt() throws {
    let first = try wish(.mean)
    let others = [
      try wish(.median), try wish(.mean, 50),
      try wish(.mean, of: Corrections(mask: FrameMask(parsing: "rect:0,0,2,2"))),
    ]
    for other in others {
      var (queue, flag) = try running(first)
      let starts = queue.want(other)
      #expect(!starts && flag.isCancelled && queue.running?.wish == first)
      let next = queue.next()?.wish
      #expect(next == other)
    }
  }

  @Test func moreFramesComeAfterwards() throws {
    var (queue, flag) = try running(wish(.mean, arrived: 60))
    let (more, made) = (try wish(.std, arrived: 80), try wish(.std, arrived: 60))
    _ = queue.want(more)
    #expect(!flag.isCancelled)
    #expect(queue.running?.wish == made, "of as many frames as it began with")
    let (next, last) = (queue.next()?.wish, queue.next()?.wish)
    #expect(next == more && last == nil)
  }

  @Test func theNewestWishWins() throws {
    var (queue, _) = try running(wish(.median))
    let newest = try wish(.std)
    for projection in [Projection.mean, .max] { _ = queue.want(try wish(projection)) }
    _ = queue.want(newest)
    let (next, last) = (queue.next()?.wish, queue.next()?.wish)
    #expect(next == newest && last == nil)
  }

  @Test func aStoppedPassTakesNobodyAlong() throws {
    var (queue, flag) = try running(wish(.mean))
    let (mean, std) = (try wish(.mean), try wish(.std))
    _ = queue.want(std)
    let stopsMean = queue.stop(mean.plane, of: .init())
    #expect(!stopsMean && !flag.isCancelled, "it is for std by now")
    let stopsStd = queue.stop(std.plane, of: .init())
    #expect(stopsStd && flag.isCancelled && queue.running?.isStopped == true)
    let stopsAgain = queue.stop(std.plane, of: .init())
    #expect(!stopsAgain)
    _ = queue.want(std)
    let next = queue.next()
    #expect(next?.wish == std && next?.isStopped == false)
  }
}
