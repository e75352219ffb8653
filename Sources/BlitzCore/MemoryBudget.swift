/// How much memory a recording may take: nine tenths of the smallest limit that applies.
public struct MemoryBudget: Equatable, Sendable {
  /// Who sets a limit, in the words that a plan is explained with.
  public enum Source: String, Sendable {
    case machine = "free memory"
    case container = "container"
    case process = "process limit"
    case user = "--max-ram"
  }

  /// One limit.
  public struct Ceiling: Equatable, Sendable {
    /// Who sets it.
    public let source: Source
    /// What this process may still take, in bytes, not negative.
    public let bytes: Int

    /// A limit; negative bytes count as none left.
    public init(_ source: Source, bytes: Int) {
      (self.source, self.bytes) = (source, max(bytes, 0))
    }

    /// What is left of it, in words.
    public var text: String { "\(byteText(bytes)) left of \(source.rawValue)" }
  }

  /// The limit that decides.
  public let smallest: Ceiling

  /// Assumed when nothing is known of the machine.
  public static let unknown = Ceiling(.machine, bytes: 1 << 30)

  /// The budget under some limits; the first of equals decides.
  public init(_ ceilings: [Ceiling]) {
    smallest = ceilings.min { $0.bytes < $1.bytes } ?? Self.unknown
  }

  /// What a plan may use, in bytes.
  public var limitBytes: Int { smallest.bytes / 10 * 9 }

  /// The budget with a person's own limit on top; nil adds none.
  public func capped(at bytes: Int?) -> MemoryBudget {
    guard let bytes else { return self }
    return MemoryBudget([smallest, Ceiling(.user, bytes: bytes)])
  }
}

/// What a stack takes in memory, by its number of frames.
public struct StackFootprint: Equatable, Sendable {
  /// Bytes of a stored frame.
  public let frameBytes: Int
  /// Bytes of the partial results kept for each block of frames.
  public let blockBytes: Int
  /// Bytes taken whatever the number of frames.
  public let fixedBytes: Int

  /// Frames in a block of partial results.
  public static let blockFrames = 64

  /// All at least 0, frames at least 1 byte.
  public init(frameBytes: Int, blockBytes: Int = 0, fixedBytes: Int = 0) {
    (self.frameBytes, self.blockBytes) = (max(frameBytes, 1), max(blockBytes, 0))
    self.fixedBytes = max(fixedBytes, 0)
  }

  /// Bytes of buffer and partial results; `Int.max` when that is beyond counting.
  public func bytes(frames: Int) -> Int {
    let blocks = frames / Self.blockFrames + (frames.isMultiple(of: Self.blockFrames) ? 0 : 1)
    let buffer = frames.multipliedReportingOverflow(by: frameBytes)
    let partials = blocks.multipliedReportingOverflow(by: blockBytes)
    let sum = buffer.partialValue.addingReportingOverflow(partials.partialValue)
    return buffer.overflow || partials.overflow || sum.overflow ? .max : sum.partialValue
  }

  /// True when that many frames stay within a limit.
  public func fits(frames: Int, within limit: Int) -> Bool {
    bytes(frames: frames) <= limit - fixedBytes
  }

  /// The smallest k for which every k-th of `frames` frames fits; nil when not even one does.
  ///
  /// Rounds up, so that the limit holds whatever the ratio is.
  public func stepNeeded(frames: Int, within limit: Int) -> Int? {
    guard fits(frames: 1, within: limit) else { return nil }
    var (low, high) = (1, frames)
    while low < high {
      let middle = low + (high - low) / 2
      let kept = (frames - 1) / middle + 1
      if fits(frames: kept, within: limit) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
