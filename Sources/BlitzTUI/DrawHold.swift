public import BlitzModel

/// How long a draw waits for what workers compute for it, so that one draw shows a change as a whole.
///
/// The image is waited for longest: without it the screen would show the old frame under the new
/// number. Traces get a moment, in which most are measured; those that take longer come with the next
/// draw, and no draw waits for them again. The clock is passed in.
public struct DrawHold: Sendable {
  /// A moment of the monotonic clock.
  public typealias Moment = ContinuousClock.Instant

  /// Longest wait for the image, from the change on.
  static let picturePatience = Duration.milliseconds(33)
  /// Longest wait for traces, from the change and from the request on.
  static let tracePatience = Duration.milliseconds(5)

  private var changed: Moment?
  private var asked: Moment?

  /// Nothing to draw.
  public init() {}

  /// True when something changed since the last draw.
  public var isDirty: Bool { changed != nil }

  /// Notes that the screen differs from the state; the first time since a draw counts.
  public mutating func change(now: Moment) { changed = changed ?? now }

  /// Notes that traces were asked for.
  public mutating func askForTraces(now: Moment) { asked = now }

  /// Notes a draw: nothing is left to show.
  public mutating func draw() { changed = nil }

  /// How long to wait before drawing a state; zero for not at all.
  public func delay(for state: ViewerState, now: Moment) -> Duration {
    guard let changed else { return .zero }
    var wait = Duration.zero
    if state.lacksPicture { wait = Self.picturePatience - (now - changed) }
    if state.lacksTraces, let asked {
      wait = max(wait, Self.tracePatience - (now - min(asked, changed)))
    }
    return max(wait, .zero)
  }
}

extension ViewerState {
  fileprivate var lacksPicture: Bool {
    pictureRequest != nil && (picture?.request != pictureRequest || isWaiting)
  }

  fileprivate var lacksTraces: Bool {
    guard let traceRequest else { return false }
    return board.answered != traceRequest
  }
}
