public import BlitzCore

/// The traces a worker has to measure; derived from the state, compared to find out what changed.
public struct TraceRequest: Equatable, Sendable {
  /// Regions, in the order of the list.
  public let regions: [RegionOfInterest]
  /// The probed pixel, when it has a trace of its own.
  public let point: PixelPoint?
  /// What is done to frames before they are measured.
  public let corrections: Corrections
  /// True when medians are wanted, which cost more.
  public let needsMedian: Bool
  /// How many frames the loader had delivered: more of them are more to measure.
  public let arrived: Int

  /// All that is to be measured: the regions, and last the probed pixel, which has no name.
  public var measured: [RegionOfInterest] {
    let probed = point.flatMap { RegionOfInterest(.point(x: $0.x, y: $0.y)) }
    return regions + [probed].compactMap(\.self)
  }
}

extension Trace {
  /// The same measurements under another region of the same outline.
  public func renamed(_ region: RegionOfInterest) -> Trace {
    var trace = Trace(of: region, frames: frames.count)
    for (frame, statistics) in frames.enumerated() {
      if let statistics { trace.set(statistics, frame: frame) }
    }
    return trace
  }
}

/// Traces as far as they are measured.
///
/// Compared by revision: two boards of one revision are the same, whatever their length.
public struct TraceBoard: Equatable, Sendable {
  /// One trace for each measured region of the request it answers.
  public let traces: [Trace]
  /// Counts up with every change.
  public let revision: Int
  /// The request that is answered in full; nil while more is to come, or nothing was asked.
  public let answered: TraceRequest?

  /// Nothing measured.
  public static let empty = TraceBoard(traces: [], revision: 0)

  /// The traces of a revision.
  public init(traces: [Trace], revision: Int, answered: TraceRequest? = nil) {
    (self.traces, self.revision, self.answered) = (traces, revision, answered)
  }

  /// The trace of a region with this name; nil when it is not measured.
  public func trace(named name: String?) -> Trace? { traces.first { $0.region.name == name } }

  /// The trace of a pixel that has no name; nil when it is not measured.
  public func trace(at point: PixelPoint) -> Trace? {
    traces.first { $0.region.name == nil && $0.region.outline == .point(x: point.x, y: point.y) }
  }

  /// True for two boards of one revision.
  public static func == (a: TraceBoard, b: TraceBoard) -> Bool { a.revision == b.revision }
}
