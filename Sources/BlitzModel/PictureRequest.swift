public import BlitzCore

/// A pixel of the loaded frame, counted from 0, x to the right and y down.
public struct PixelPoint: Hashable, Sendable {
  /// Column and row.
  public let x, y: Int

  /// A pixel; nothing is checked here.
  public init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
}

/// What the image pane shows: one frame, or many reduced to one. Positions count kept frames.
public enum Plane: Hashable, Sendable {
  /// The frame at a position.
  case frame(Int)
  /// A projection over a range of positions.
  case projection(Projection, FrameRange)

  /// True for a projection.
  public var isProjection: Bool {
    if case .projection = self { true } else { false }
  }
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

  /// What to show.
  public let plane: Plane
  /// How many frames the loader had delivered, where the picture depends on many: more of them make it
  /// another one. 0 where it shows a frame alone.
  public let arrived: Int
  /// True when the person stopped computing the plane: what there is of it is shown, and no more asked
  /// for.
  public let isStopped: Bool
  /// What is done to frames before they are shown or projected.
  public let corrections: Corrections
  /// Which part of the frame, at what size.
  public let placement: Viewport.Placement
  /// How source pixels are gathered.
  public let pooling: Display.Pooling
  /// True when a pixel is to be no number where any that it gathers is none, so that it can be marked.
  public let showsGaps: Bool
  /// The pixel whose value is wanted.
  public let probe: PixelPoint?
  /// The pixel whose row and column are wanted as profiles; nil when no profile is seen.
  public let profiles: PixelPoint?
  /// Rows or columns that a profile is the mean of.
  public let profileWidth: Int
  /// What profiles are to be seen within; `off` when no profile is seen.
  public let envelope: Envelope
  /// True when the histogram is seen.
  public let hasHistogram: Bool
  /// Levels to fit, if any.
  public let fit: LevelFit?
}

/// What a worker found out about a request; the pixels themselves go to the screen.
public struct PictureFacts: Equatable, Sendable {
  /// What was asked.
  public let request: PictureRequest
  /// `pending` when the plane is not there yet: there is nothing to show.
  public let condition: FrameCondition
  /// What a projection lacks.
  public let shortfall: ProjectionShortfall
  /// The probed pixel's samples, one for each channel; empty when none was asked for.
  public let probe: [Float]
  /// The smallest and the largest finite sample, when the histogram was asked for.
  public let extent: LevelWindow?
  /// The fitted levels, when asked for; nil where the plane has no finite sample.
  public let levels: LevelWindow?
  /// How many samples of the frame were set to 0 because their denominator is 0.
  public let zeroed: Int
  /// When the frame was taken by the recording's own stamps, in seconds after the first; nil where that
  /// is not known yet, or there are none.
  public let seconds: Double?

  /// An answer.
  public init(
    request: PictureRequest, condition: FrameCondition, shortfall: ProjectionShortfall = .init(),
    probe: [Float],
    extent: LevelWindow? = nil, levels: LevelWindow?, zeroed: Int = 0, seconds: Double? = nil
  ) {
    (self.request, self.condition, self.shortfall) = (request, condition, shortfall)
    (self.probe, self.extent, self.levels) = (probe, extent, levels)
    (self.zeroed, self.seconds) = (zeroed, seconds)
  }
}
