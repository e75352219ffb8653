import Synchronization

/// Follows readers through a map that is larger than memory, and gives back what they have passed.
///
/// Several workers read different rows of the same frames, each at its own pace, and a projection
/// goes through up to a GiB of frames once for each band of rows. What lies further behind than that
/// is given back in steps; a worker that is slower still reads it from disk again, which costs time
/// but is never wrong. A reader that jumps back starts anew.
final class MappedPassage: Sendable {
  private let file: MappedFile
  private let lag: Int?
  /// End of what was given back.
  private let released = Mutex(0)

  /// Keeps about `lag` bytes behind the reader of a file that is larger than `limit`, and all of any
  /// other file; nil is no limit.
  init(file: MappedFile, limit: Int?, lag: Int = 5 << 28) {
    self.file = file
    self.lag = limit.flatMap { $0 < file.byteCount ? lag : nil }
    if self.lag != nil { file.expectSequentialReading() }
  }

  /// Notes that a range was read.
  func passed(_ bytes: Range<Int>) {
    guard let lag else { return }
    let end = max(bytes.lowerBound - lag, 0)
    let stale = released.withLock { released -> Range<Int>? in
      // Far behind what was given back: another pass has begun.
      if bytes.upperBound <= released { released = end }
      guard end - released >= max(lag / 8, 1) else { return nil }
      defer { released = end }
      return released..<end
    }
    if let stale { file.release(stale) }
  }
}
