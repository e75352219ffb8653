/// A region's statistics over the frames of a stack, filled in as they are measured.
public struct Trace: Equatable, Sendable {
  /// The region measured.
  public let region: RegionOfInterest
  /// One entry for each frame of the source; nil where it is not measured yet.
  public private(set) var frames: [RegionStatistics?]
  /// Frames measured so far.
  public private(set) var measuredCount = 0

  /// A trace with nothing measured.
  public init(of region: RegionOfInterest, frames: Int) {
    self.region = region
    self.frames = [RegionStatistics?](repeating: nil, count: Swift.max(frames, 0))
  }

  /// True when every frame is measured.
  public var isComplete: Bool { measuredCount == frames.count }

  /// Enters one frame's statistics; frames outside the trace are ignored.
  public mutating func set(_ statistics: RegionStatistics, frame: Int) {
    guard frames.indices ~= frame else { return }
    if frames[frame] == nil { measuredCount += 1 }
    frames[frame] = statistics
  }

  /// One statistic over all frames, NaN where nothing is measured or there is no number.
  public func values(_ statistic: RegionStatistics.Statistic) -> [Double] {
    frames.map { $0?[statistic] ?? .nan }
  }
}
