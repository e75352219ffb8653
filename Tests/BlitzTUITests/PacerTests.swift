import Testing

@testable import BlitzTUI

@Suite struct PacerTests {
  private let start = ContinuousClock.now

  private func at(_ milliseconds: Int) -> Pacer.Moment { start + .milliseconds(milliseconds) }

  @Test func drawsAreAtLeastSixteenMillisecondsApart() {
    var pacer = Pacer()
    #expect(pacer.delay(now: at(0), playing: nil) == nil)
    pacer.sent(bytes: 10, now: at(0))
    pacer.acknowledged(now: at(1))
    #expect(pacer.delay(now: at(4), playing: nil) == 12)
    #expect(pacer.delay(now: at(16), playing: nil) == nil)
    #expect(pacer.delay(now: at(16), playing: nil, slowdown: 2) == 50)
  }

  @Test func onlyPlaybackOverALongLinkHasSeveralInFlight() {
    var pacer = Pacer()
    pacer.sent(bytes: 100, now: at(0))
    pacer.acknowledged(now: at(300))
    // Six frames fill the round trip; two may wait.
    for i in 0..<8 {
      #expect(pacer.delay(now: at(400 + i * 50), playing: .milliseconds(50)) == nil)
      pacer.sent(bytes: 100, now: at(400 + i * 50))
      #expect(pacer.delay(now: at(440 + i * 50), playing: nil) != nil)
    }
    #expect(pacer.delay(now: at(800), playing: .milliseconds(50)) != nil)
    pacer.acknowledged(now: at(801))
    #expect(pacer.delay(now: at(801), playing: .milliseconds(50)) == nil)
  }

  /// 500 kB/s and 300 ms: 150 kB fill the line, 50 kB more are two frames' time.
  @Test(arguments: [(20_000, 8), (50_000, 4), (90_000, 3), (400_000, 1)])
  func noMoreIsUnderWayThanTheLinkHolds(bytes: Int, bursts: Int) {
    var pacer = Pacer()
    pacer.sent(bytes: 100, now: at(0))
    pacer.acknowledged(now: at(300))
    pacer.sent(bytes: 50_000, now: at(400))
    pacer.acknowledged(now: at(800))
    var sent = 0
    while sent < 20, pacer.delay(now: at(1000 + 20 * sent), playing: .milliseconds(50)) == nil {
      pacer.sent(bytes: bytes, now: at(1000 + 20 * sent))
      sent += 1
    }
    #expect(sent == bursts)
  }

  @Test func largeBurstsOnALinkOfUnknownRateAreFew() {
    var pacer = Pacer()
    pacer.sent(bytes: 100, now: at(0))
    pacer.acknowledged(now: at(300))
    pacer.sent(bytes: 90_000, now: at(400))
    #expect(pacer.bytesPerSecond == nil)
    #expect(pacer.delay(now: at(450), playing: .milliseconds(50)) != nil)
  }

  @Test func rateComesFromLargeBursts() throws {
    var pacer = Pacer()
    #expect(pacer.bytesPerSecond == nil)
    pacer.sent(bytes: 100, now: at(0))
    pacer.acknowledged(now: at(20))
    #expect(pacer.roundTrip == .milliseconds(20) && pacer.bytesPerSecond == nil)
    pacer.sent(bytes: 50_000, now: at(100))
    pacer.acknowledged(now: at(220))
    #expect(abs(try #require(pacer.bytesPerSecond) - 500_000) < 1)
    pacer.cap = 1000
    #expect(pacer.bytesPerSecond == 1000)
  }

  /// A burst that passes while the next one waits tells nothing of the delay, and the delay nothing of it.
  @Test func rateIsThatOfTheLinkWhileBurstsQueue() throws {
    var pacer = Pacer()
    pacer.sent(bytes: 100, now: at(0))
    pacer.acknowledged(now: at(100))
    // 1 MB/s and 100 ms: bursts of 200 kB take 200 ms each, one behind the other.
    for i in 0..<3 { pacer.sent(bytes: 200_000, now: at(200 + 50 * i)) }
    for i in 0..<20 {
      pacer.acknowledged(now: at(500 + 200 * i))
      #expect(abs(try #require(pacer.bytesPerSecond) - 1_000_000) < 1)
      #expect(pacer.roundTrip == .milliseconds(100))
      pacer.sent(bytes: 200_000, now: at(500 + 200 * i))
    }
  }

  @Test func aFirstBurstThatIsLargeIsNoDelay() throws {
    var pacer = Pacer()
    pacer.sent(bytes: 200_000, now: at(0))
    pacer.acknowledged(now: at(300))
    #expect(pacer.roundTrip == nil)
    #expect(abs(try #require(pacer.bytesPerSecond) - 666_667) < 1, "at least this")
    // A small one behind a large one waits for it.
    pacer.sent(bytes: 200_000, now: at(400))
    pacer.sent(bytes: 100, now: at(401))
    pacer.acknowledged(now: at(700))
    pacer.acknowledged(now: at(701))
    #expect(pacer.roundTrip == nil)
    pacer.sent(bytes: 100, now: at(800))
    pacer.acknowledged(now: at(900))
    #expect(pacer.roundTrip == .milliseconds(100))
  }

  @Test func aDelayThatWasTakenForTooLongIsCorrected() {
    var pacer = Pacer()
    pacer.sent(bytes: 100, now: at(0))
    pacer.acknowledged(now: at(500))
    pacer.sent(bytes: 50_000, now: at(600))
    pacer.acknowledged(now: at(700))
    #expect(pacer.roundTrip == .milliseconds(100) && pacer.bytesPerSecond == nil)
  }

  @Test func aCapSpreadsBursts() {
    var pacer = Pacer()
    pacer.cap = 100_000
    pacer.sent(bytes: 20_000, now: at(0))
    pacer.acknowledged(now: at(2))
    #expect(pacer.delay(now: at(50), playing: nil) == 150)
    #expect(pacer.delay(now: at(200), playing: nil) == nil)
  }

  @Test func silenceIsForgivenOnceAndWhileWeAreBlocked() {
    var pacer = Pacer()
    pacer.sent(bytes: 1, now: at(0))
    pacer.expire(now: at(1500), isBlocked: true)
    #expect(pacer.inFlightCount == 1)
    pacer.expire(now: at(1500), isBlocked: false)
    #expect(pacer.inFlightCount == 0 && !pacer.isTimed)
    pacer.sent(bytes: 1, now: at(2000))
    pacer.expire(now: at(3000), isBlocked: false)
    #expect(pacer.isTimed)
    pacer.acknowledged(now: at(3500))
    #expect(!pacer.isTimed)
  }

  @Test func millisecondsAreRoundedUpAndBounded() {
    #expect(Duration.microseconds(1).milliseconds == 1)
    #expect(Duration.milliseconds(7).milliseconds == 7)
    #expect(Duration.seconds(Int64.max).milliseconds == 1_000_000_000)
  }
}

@Suite struct RungPolicyTests {
  private let start = ContinuousClock.now

  private func at(_ milliseconds: Int) -> RungPolicy.Moment { start + .milliseconds(milliseconds) }

  @Test func threeLargeFramesAreARungDown() {
    var policy = RungPolicy(isRemote: true)
    #expect(policy.rung == .fine)
    for i in 0..<2 { note(&policy, 90_000, i) }
    note(&policy, 100, 2)
    for i in 3..<5 { note(&policy, 90_000, i) }
    #expect(policy.rung == .fine)
    note(&policy, 90_000, 5)
    #expect(policy.rung == .coarse)
    for i in 6..<30 { note(&policy, 90_000, i) }
    #expect(policy.rung == .halfRate)
  }

  @Test func twoFramesTwiceTooLargeAreARungDown() {
    var policy = RungPolicy(isRemote: true)
    note(&policy, 170_000, 0)
    #expect(policy.rung == .fine)
    note(&policy, 170_000, 1)
    #expect(policy.rung == .coarse)
    note(&policy, 150_000, 2)
    note(&policy, 150_000, 3)
    #expect(policy.rung == .coarse, "less than twice")
  }

  @Test func aRestingScreenHasNoRoomToShow() {
    var policy = RungPolicy(isRemote: true)
    for i in 0..<9 { note(&policy, 100, i * 30) }
    #expect(policy.rung == .fine)
    // Nor do large frames far apart add up.
    for i in 10..<19 { note(&policy, 90_000, i * 30) }
    #expect(policy.rung == .fine)
  }

  @Test func aFloodIsTwoRungsDownAtOnce() {
    var policy = RungPolicy(isRemote: true)
    note(&policy, 330_000, 0)
    #expect(policy.rung == .palette)
    note(&policy, 310_000, 1)
    #expect(policy.rung == .palette, "less than four times too large")
    note(&policy, 330_000, 2)
    #expect(policy.rung == .halfRate)
  }

  @Test func twoSecondsOfRoomAreARungUp() {
    var policy = RungPolicy(isRemote: false)
    #expect(policy.rung == .steady)
    for i in 0..<20 { note(&policy, 100, i) }
    #expect(policy.rung == .steady)
    note(&policy, 100, 20)
    #expect(policy.rung == .exact)
    for i in 21..<100 { note(&policy, 100, i) }
    #expect(policy.rung == .exact)
  }

  @Test func nothingIsLearnedWithoutARate() {
    var policy = RungPolicy(isRemote: false)
    for i in 0..<9 {
      policy.note(bytes: 1 << 30, rate: nil, interval: .milliseconds(100), now: at(i * 100))
    }
    #expect(policy.rung == .steady)
  }

  /// A frame every 100 ms on a link of 1 MB/s.
  private func note(_ policy: inout RungPolicy, _ bytes: Int, _ i: Int) {
    policy.note(bytes: bytes, rate: 1e6, interval: .milliseconds(100), now: at(i * 100))
  }
}
