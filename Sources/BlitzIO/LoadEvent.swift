public import BlitzCore

/// What a loader tells while it runs; from its own threads, in no fixed order.
public enum LoadEvent: Sendable {
  /// A kept frame has been published; the number is its position among the kept frames.
  case frame(Int)
  /// All workers are done; the last event.
  case finished(LoadSummary)
}

/// How loading went, so far or in the end.
public struct LoadSummary: Equatable, Sendable {
  /// Frames published, damaged ones included.
  public var arrived = 0
  /// Frames that are all NaN because their data is short, corrupt or gone.
  public var damaged = 0
  /// Of the damaged frames, those whose image has another size than the rest.
  public var otherSizes = 0
  /// Decoders' warnings about what is not image data.
  public var warnings = 0
  /// Bytes read from files.
  public var bytesRead = 0
  /// A damaged frame's input and reason, in the order in which they were met.
  public var skipped: [SkippedInput] = []
  /// True when it was stopped before all frames had arrived.
  public var isCancelled = false
  /// The limit that stopped it, because others had used up what was left; nil otherwise.
  public var shortage: MemoryBudget.Ceiling?

  /// Nothing yet.
  public init() {}
}
