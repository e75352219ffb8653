import Synchronization

/// Follows readers through a map that is larger than memory, and gives back what they have passed.
///
/// Several workers read different rows of the same frames, each at its own pace. What one of them
/// has left more than half the limit behind is given back in steps; a worker that is slower reads
/// it from disk again, which costs time but is never wrong. A reader that jumps back starts anew.
final class MappedPassage: Sendable {
  private let file: MappedFile
  private let lag: Int?
  /// End of what was given back.
  private let released = Mutex(0)

  /// Keeps at most about `limit` bytes of the file in memory; everything when it is nil or larger
  /// than the file.
  init(file: MappedFile, limit: Int?) {
    self.file = file
    lag = limit.flatMap { $0 < file.byteCount ? $0 / 2 : nil }
    if lag != nil { file.expectSequentialReading() }
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
