/// Which rung the link carries: down when frames are too large for it, up again when there is room.
struct RungPolicy {
  /// A moment of the monotonic clock.
  typealias Moment = ContinuousClock.Instant

  /// How exactly to send the next frame.
  private(set) var rung: Rung

  private var largeFrames = 0
  private var roomSince: Moment?
  private var noted: Moment?

  /// Share of the link that frames may take.
  private static let share = 0.8
  /// A rung up needs about twice the bytes, so room means half of what is allowed.
  private static let room = 0.4
  private static let patience = Duration.seconds(2)
  /// Frames further apart than this have nothing to do with each other: a resting screen has no room to
  /// show off.
  private static let pause = Duration.milliseconds(500)
  /// A rung down halves the bytes, so that what is so many times too large will not do on the next one
  /// either: two such frames are enough.
  private static let excess = 2.0
  /// So many times too large a frame is no chance event, and the next one would hold the link up as long.
  private static let flood = 4.0

  /// Local terminals start a step below exact, others two: a moving picture hides the difference,
  /// and a resting one is sent exactly.
  init(isRemote: Bool) { rung = isRemote ? .fine : .steady }

  /// Learns from a frame that was sent.
  ///
  /// - Parameters:
  ///   - rate: Bytes a second that the link carries; nil while not known, when nothing changes.
  ///   - interval: Time between frames that is aimed at.
  mutating func note(bytes: Int, rate: Double?, interval: Duration, now: Moment) {
    guard let rate else { return }
    if let noted, now - noted > max(Self.pause, interval * 2) {
      (largeFrames, roomSince) = (0, nil)
    }
    noted = now
    let allowed = rate * (interval / .seconds(1))
    let load = Double(bytes) / (allowed * Self.share)
    largeFrames = load > 1 ? largeFrames + 1 : 0
    if load > Self.flood {
      step(by: 2)
    } else if largeFrames == 3 || largeFrames == 2 && load > Self.excess {
      step(by: 1)
    }
    guard Double(bytes) < allowed * Self.room else {
      roomSince = nil
      return
    }
    let since = roomSince ?? now
    roomSince = since
    if now - since >= Self.patience { step(by: -1) }
  }

  private mutating func step(by steps: Int) {
    let wanted = min(max(rung.rawValue + steps, Rung.exact.rawValue), Rung.halfRate.rawValue)
    rung = Rung(rawValue: wanted) ?? rung
    largeFrames = 0
    roomSince = nil
  }
}
