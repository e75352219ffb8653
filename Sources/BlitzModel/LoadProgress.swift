/// How far loading has come.
public struct LoadProgress: Equatable, Sendable {
  /// Frames published, damaged ones included, of all that are to be loaded.
  public var arrived, total: Int
  /// Frames whose data is short or corrupt.
  public var damaged = 0
  /// Inputs left out, with those the scan already knew.
  public var skipped = 0
  /// True while workers run.
  public var isRunning = true
  /// True when the person stopped it before the end.
  public var isCancelled = false
  /// Sample bytes stored per second, over the whole load so far.
  public var bytesPerSecond = 0.0

  /// Nothing has arrived yet.
  public init(total: Int) { (arrived, self.total) = (0, total) }

  /// Every frame is there: of a stack that is read where it lies.
  public static func whole(frames: Int) -> LoadProgress {
    var progress = LoadProgress(total: frames)
    (progress.arrived, progress.isRunning) = (frames, false)
    return progress
  }

  /// Whole per cent, 100 only when every frame is there.
  public var percent: Int { total == 0 ? 100 : arrived * 100 / total }

  /// True when frames are missing and none will come.
  public var isPartial: Bool { !isRunning && arrived < total }
}
