import Synchronization

/// One line on the terminal that tells how far a command is: per cent and time left.
///
/// Written over itself at most ten times a second, and cleared when the object goes.
final class ProgressLine: Sendable {
  private let verb: String
  private let start = ContinuousClock.now
  private let last: Mutex<ContinuousClock.Instant>

  private static let interval = Duration.milliseconds(100)
  /// Return and erase to the end of the line.
  private static let eraser = "\r\u{1B}[K"

  /// - Parameter verb: What is being done: `loading`.
  init(_ verb: String) {
    self.verb = verb
    last = Mutex(start)
  }

  deinit { Standard.error.write(Self.eraser) }

  /// Shows a fraction of 0...1, with what one second brings in the words of `rate`; from any thread.
  func show(_ fraction: Double, rate: ((_ seconds: Double) -> String)? = nil) {
    let now = ContinuousClock.now
    let isDue = last.withLock { last in
      guard now - last >= Self.interval else { return false }
      last = now
      return true
    }
    guard isDue, fraction > 0 else { return }
    let seconds = (now - start) / .seconds(1)
    let left = Int((seconds / fraction * (1 - min(fraction, 1))).rounded(.up))
    let parts = [rate?(seconds), "\(left) s left"].compactMap(\.self)
    Standard.error.write(
      "\(Self.eraser)\(verb) \(Int(min(fraction, 1) * 100)) %  \(parts.joined(separator: "  "))")
  }
}
