public import BlitzCore

/// How drawing goes, for the person who wonders why it is slow.
public struct Meter: Sendable {
  /// Frames drawn in the last full second.
  public private(set) var framesPerSecond = 0
  /// Bytes of the last frame, everything included.
  public private(set) var bytesOfFrame = 0
  /// Bytes sent so far.
  public private(set) var bytesSent = 0
  /// Time from sending a frame to the terminal's answer; nil without answers.
  public internal(set) var roundTrip: Duration?
  /// How exactly frames are sent.
  public internal(set) var rung = Rung.exact

  private var second: ContinuousClock.Instant?
  private var framesOfSecond = 0

  init() {}

  /// The figures as lines of text.
  public var lines: [PrintableText] {
    let answer = roundTrip.map { "\($0.milliseconds) ms" } ?? "none"
    return [
      "frames/s   \(framesPerSecond)", "B/frame    \(bytesOfFrame)", "B sent     \(bytesSent)",
      "answer in  \(answer)", "exactness  \(rung)",
    ].map { PrintableText($0) }
  }

  mutating func note(bytes: Int, now: ContinuousClock.Instant) {
    bytesOfFrame = bytes
    bytesSent += bytes
    let start = second ?? now
    second = start
    if now - start >= .seconds(1) {
      framesPerSecond = now - start < .seconds(2) ? framesOfSecond : 0
      framesOfSecond = 0
      second = now
    }
    framesOfSecond += 1
  }
}
