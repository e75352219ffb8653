import BlitzCore

/// Which frame is wanted, and how it moves on by itself.
///
/// Positions count the frames that were kept; the person sees source frame numbers.
public struct Playback: Equatable, Sendable {
  /// What happens at the end while playing.
  public enum Loop: String, CaseIterable, Sendable {
    case off
    case all
    case range
    case pingPong = "ping-pong"
  }

  /// Frames a second at normal speed, which is also the most that are drawn.
  public static let normalRate = 30.0
  static let rateLimits = 0.5...100_000.0

  /// The wanted frame, `0..<count`.
  public private(set) var position = 0
  /// Frames kept of the recording, at least 1.
  public let count: Int
  /// True while frames move on by themselves.
  public internal(set) var isPlaying = false
  /// Frames a second asked for.
  public private(set) var rate = Self.normalRate
  /// What happens at the ends.
  public private(set) var loop = Loop.all
  private var direction = 1

  init(count: Int) { self.count = count }

  /// Seconds from one step to the next while playing.
  public var interval: Double { 1 / min(rate, Self.normalRate) }

  /// Positions that one step moves by: more than one only beyond the drawing rate.
  public var stride: Int { max(1, Int((rate / Self.normalRate).rounded())) }

  /// Moves to a position, clamped to the stack.
  mutating func move(to target: Int) { position = min(max(target, 0), count - 1) }

  /// Moves by a number of positions, clamped; any `Int` is allowed.
  mutating func move(by distance: Int) {
    let (target, overflow) = position.addingReportingOverflow(distance)
    move(to: overflow ? (distance > 0 ? count - 1 : 0) : target)
  }

  /// One step of playing within `bounds`; stops at the end when nothing loops.
  mutating func advance(in bounds: Range<Int>) {
    let next = position + direction * stride
    if bounds.contains(next) && bounds.contains(position) { return move(to: next) }
    switch loop {
    case .off:
      move(to: direction > 0 ? bounds.upperBound - 1 : bounds.lowerBound)
      isPlaying = false
    case .all, .range: move(to: direction > 0 ? bounds.lowerBound : bounds.upperBound - 1)
    case .pingPong:
      direction = next >= bounds.upperBound ? -1 : 1
      let back = position + direction * stride
      move(to: min(max(back, bounds.lowerBound), bounds.upperBound - 1))
    }
  }

  mutating func cycleLoop() {
    let all = Loop.allCases
    loop = all[((all.firstIndex(of: loop) ?? 0) + 1) % all.count]
    direction = 1
  }

  mutating func change(speed: Action.SpeedChange, times: Int) {
    let factor: Double
    switch speed {
    case .slower: factor = 1 / 1.1
    case .faster: factor = 1.1
    case .half: factor = 0.5
    case .double: factor = 2
    case .normal:
      rate = Self.normalRate
      return
    }
    for _ in 0..<min(times, 64) {
      rate = min(max(rate * factor, Self.rateLimits.lowerBound), Self.rateLimits.upperBound)
    }
  }
}
