import Synchronization

/// Follows readers through a map that is larger than memory, and gives back what they have passed.
///
/// Several workers read different rows of the same frames, each at its own pace, and a projection
/// goes through a stretch of frames once for each band of rows. What lies further behind than two
/// stretches is given back in steps; a worker that is slower still reads it from disk again, which
/// costs time but is never wrong. A reader that jumps back starts anew.
final class MappedPassage: Sendable {
  private let file: MappedFile
  private let lag: Int?

  /// Bytes behind a reader that are kept at the most, where the limit allows for more.
  private static let mostLag = 5 << 28
  /// End of what was given back.
  private let released = Mutex(0)

  /// Keeps half of `limit` behind the reader of more bytes than that, 1.25 GiB at most, and all of fewer.
  ///
  /// - Parameters:
  ///   - byteCount: What will be read of the file, from the first byte to the last.
  ///   - limit: Nil is none.
  init(file: MappedFile, reading byteCount: Int, limit: Int?) {
    self.file = file
    lag = limit.flatMap { $0 < byteCount ? min($0 / 2, Self.mostLag) : nil }
    if lag != nil { file.expectSequentialReading() }
  }

  /// Bytes that readers should go through together before the next; nil where all of them stay.
  var stretchBytes: Int? { lag.map { $0 / 2 } }

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
