/// When the next frame may be sent: never more in flight than the link carries, never too often.
///
/// Every burst ends with a request that the terminal answers when it has processed all before; the
/// answer takes the burst out of flight. A terminal that never answers is paced by time alone. The
/// clock is passed in.
struct Pacer {
  /// A moment of the monotonic clock.
  typealias Moment = ContinuousClock.Instant

  private struct Burst {
    let sent: Moment
    let bytes: Int
    /// Bytes that were in flight before it.
    let ahead: Int
  }

  /// Least time between two draws.
  static let minimumInterval = Duration.milliseconds(16)
  /// Time between draws on terminals that do not answer.
  static let timerInterval = Duration.milliseconds(33)
  private static let patience = Duration.seconds(1)
  /// Bytes from which on a burst tells the rate of the link; smaller ones tell its delay.
  private static let large = 4096
  /// Most bursts in flight, whatever the link.
  private static let mostInFlight = 16

  /// Bytes a second that may be sent whatever the answers say; nil for no such limit. A multiplexer
  /// answers by itself and throws away what its own client cannot take.
  var cap: Double?

  private var inFlight: [Burst] = []
  private var lastDraw: Moment?
  private var lastAnswer: Moment?
  private var silences = 0
  private var hasAnswered = false

  /// Time from sending a burst to its answer, lately; nil before the first answer.
  private(set) var roundTrip: Duration?
  /// Bytes a second that the link carries, as far as known.
  var bytesPerSecond: Double? {
    guard let cap, let measured else { return measured ?? cap }
    return min(cap, measured)
  }
  private var measured: Double?
  private var nextByCap: Moment?

  init() { inFlight.reserveCapacity(Self.mostInFlight) }

  /// True when answers do not come, so that time alone paces.
  var isTimed: Bool { !hasAnswered && silences >= 2 }

  /// Bursts sent and not answered.
  var inFlightCount: Int { inFlight.count }

  /// Milliseconds to wait before drawing; nil when it may happen now.
  ///
  /// - Parameters:
  ///   - interval: Time between the frames of a playback; nil while not playing, when only one burst may
  ///     be in flight: the next key wants its own frame, not those before it.
  ///   - slowdown: Factor on the time between two draws.
  func delay(now: Moment, playing interval: Duration?, slowdown: Int = 1) -> Int? {
    var wait = Duration.zero
    if let lastDraw {
      let least = isTimed || slowdown > 1 ? Self.timerInterval : Self.minimumInterval
      wait = least * slowdown - (now - lastDraw)
    }
    if let nextByCap { wait = max(wait, nextByCap - now) }
    if isFull(interval), let oldest = inFlight.first {
      wait = max(wait, Self.patience - (now - oldest.sent))
    }
    return wait > .zero ? wait.milliseconds : nil
  }

  /// True when nothing more may be sent before an answer comes.
  ///
  /// A playback fills the round trip with frames, and no more: what is under way beyond what the link
  /// carries in that time waits somewhere, and would be seen after a stop. Two frames may wait.
  private func isFull(_ interval: Duration?) -> Bool {
    guard !inFlight.isEmpty else { return false }
    guard let interval, let roundTrip, interval > .zero, roundTrip > interval else { return true }
    let frames = Int((roundTrip / interval).rounded(.up)) + 2
    guard inFlight.count < min(frames, Self.mostInFlight) else { return true }
    guard let rate = bytesPerSecond else { return bytesInFlight >= 4 * Self.large }
    let window: Duration = roundTrip + interval * 2
    return Double(bytesInFlight) >= rate * (window / .seconds(1))
  }

  private var bytesInFlight: Int {
    var sum = 0
    for i in inFlight.indices { sum += inFlight[i].bytes }
    return sum
  }

  /// Notes that a burst was handed over.
  mutating func sent(bytes: Int, now: Moment) {
    lastDraw = now
    if let cap { nextByCap = max(nextByCap ?? now, now) + .seconds(Double(bytes) / cap) }
    guard !isTimed else { return }
    inFlight.append(Burst(sent: now, bytes: bytes, ahead: bytesInFlight))
  }

  /// Notes an answer of the terminal.
  mutating func acknowledged(now: Moment) {
    hasAnswered = true
    silences = 0
    guard !inFlight.isEmpty else { return }
    let burst = inFlight.removeFirst()
    if burst.bytes >= Self.large {
      learnRate(burst, now)
    } else if burst.ahead < Self.large {
      // What holds an answer up makes the delay look longer, nothing makes it look shorter.
      let time = now - burst.sent
      roundTrip = roundTrip.map { time < $0 ? time : ($0 * 7 + time) / 8 } ?? time
    }
    lastAnswer = now
  }

  /// The link began with a burst when it was done with the one before, or when the burst had come to it.
  /// While the delay is not known, that is too early, and the rate a lower bound.
  private mutating func learnRate(_ burst: Burst, _ now: Moment) {
    let arrival = burst.sent + (roundTrip ?? .zero)
    let passing = now - max(arrival, lastAnswer ?? arrival)
    guard passing > .zero else {
      // It cannot have been under way for less than the delay.
      roundTrip = min(roundTrip ?? .zero, now - burst.sent)
      return
    }
    let rate = Double(burst.bytes) / (passing / .seconds(1))
    // A burst whose answer came early for its delay must not outweigh all others.
    measured = measured.map { $0 * 0.75 + min(rate, 2 * $0) * 0.25 } ?? rate
  }

  /// Gives up on answers that are overdue; call before `delay`.
  ///
  /// - Parameter isBlocked: Our own bytes are still waiting here, so silence proves nothing.
  mutating func expire(now: Moment, isBlocked: Bool) {
    guard let oldest = inFlight.first, now - oldest.sent >= Self.patience, !isBlocked else {
      return
    }
    silences += 1
    inFlight.removeAll(keepingCapacity: true)
  }

  /// Forgets what is in flight, after the terminal was left and entered again.
  mutating func reset() { inFlight.removeAll(keepingCapacity: true) }
}

extension Duration {
  /// Whole milliseconds, rounded up, within what `poll` takes.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
