public import BlitzCore

/// The offer to decode a recording once to disk, so that it opens at once from then on.
public struct CacheOffer: Equatable, Sendable {
  /// What it would take on disk, and what is free there.
  public let bytes, free: Int

  /// An offer; whether it fits is the offerer's business.
  public init(bytes: Int, free: Int) { (self.bytes, self.free) = (bytes, free) }

  /// The offer in words, and in ever fewer for a narrow screen: `decode once to disk: 11.2 GiB
  /// (free 90 GiB)? Enter`.
  public var texts: [String] {
    let size = byteText(bytes)
    return [
      "decode once to disk: \(size) (free \(byteText(free)))? Enter", "to disk: \(size)? Enter",
      "to disk? Enter",
    ]
  }
}

/// How a cache in the making is coming along.
public enum CacheProgress: Equatable, Sendable {
  /// This part of the frames is decoded.
  case part(Double)
  /// It ended, with what there is to tell.
  case ended(PrintableText)
}

extension ViewerState {
  /// Takes an offer, or news of what was begun.
  mutating func takeCacheNews(_ news: CacheProgress) {
    switch news {
    case .part(let part): caching = part
    case .ended(let text):
      caching = nil
      notice = text
    }
  }

  /// Accepts the offer.
  mutating func buildCache() -> [Effect] {
    guard cacheOffer != nil else {
      notice = PrintableText("no cache is offered: it would not help, or has no room")
      return []
    }
    cacheOffer = nil
    caching = 0
    return [.buildCache]
  }
}
