public import BlitzCore

/// A pixel of the loaded frame, counted from 0, x to the right and y down.
public struct PixelPoint: Hashable, Sendable {
  /// Column and row.
  public let x, y: Int

  /// A pixel; nothing is checked here.
  public init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
}

/// What a worker must compute to show the state: derived from it, compared to find out what changed.
public struct PictureRequest: Equatable, Sendable {
  /// A wish to fit the levels to the plane.
  public struct LevelFit: Equatable, Sendable {
    /// Per cent left out at each end.
    public let trim: Double
    /// Which wish this is; an answer to an older one is dropped.
    public let generation: Int
  }

  /// Position of the frame, among those kept.
  public let position: Int
  /// Which part of the frame, at what size.
  public let placement: Viewport.Placement
  /// How source pixels are gathered.
  public let pooling: Display.Pooling
  /// The pixel whose value is wanted.
  public let probe: PixelPoint?
  /// Levels to fit, if any.
  public let fit: LevelFit?
}

/// What a worker found out about a request; the pixels themselves go to the screen.
public struct PictureFacts: Equatable, Sendable {
  /// What was asked.
  public let request: PictureRequest
  /// `pending` when the frame has not arrived: there is nothing to show yet.
  public let condition: FrameCondition
  /// The probed pixel's samples, one for each channel; empty when none was asked for.
  public let probe: [Float]
  /// The fitted levels, when asked for.
  public let levels: LevelWindow?

  /// An answer.
  public init(
    request: PictureRequest, condition: FrameCondition, probe: [Float], levels: LevelWindow?
  ) {
    (self.request, self.condition) = (request, condition)
    (self.probe, self.levels) = (probe, levels)
  }
}
