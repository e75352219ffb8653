import BlitzCore
import BlitzModel

/// The picture asked for last, and when the next one may be asked for.
///
/// While a range is dragged every step is another projection. Each that is begun gets a moment to be
/// finished and seen, so that steps which come faster than projections do not starve the screen;
/// the steps in between are left out.
struct AskedPicture {
  /// The request; nil when it must be asked anew.
  private(set) var request: PictureRequest?
  private var since = ContinuousClock.now
  private var isAnswered = true

  /// Longest time that one projection keeps the next waiting.
  private static let patience = Duration.milliseconds(100)

  /// How long to wait before asking for another picture; nil when it is not wanted, zero for now.
  func delay(before next: PictureRequest?, now: ContinuousClock.Instant) -> Duration? {
    guard let next, next != request else { return nil }
    guard !isAnswered, let request, request.plane != next.plane,
      case .projection(let shown, _) = request.plane,
      case .projection(let wanted, _) = next.plane, shown == wanted
    else { return .zero }
    return max(.zero, Self.patience - (now - since))
  }

  /// Notes that a picture was asked for.
  mutating func ask(_ request: PictureRequest, now: ContinuousClock.Instant) {
    (self.request, since, isAnswered) = (request, now, false)
  }

  /// Takes note of what a worker found out.
  mutating func take(_ facts: PictureFacts) {
    if facts.request == request, facts.condition != .pending { isAnswered = true }
  }

  /// Something changed that the request does not say: it must be asked again.
  mutating func forget() { request = nil }
}
