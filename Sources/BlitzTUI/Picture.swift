public import BlitzCore
public import BlitzKernels
public import BlitzModel

/// A frame brought to the size of the image pane, still in sample units.
public struct Picture: Sendable {
  /// What it answers; nil before the first one.
  public var request: PictureRequest?
  /// `placement.rows * placement.columns * channels` samples, row-major.
  public var samples: [Float] = []
  /// Samples of a pixel: 1 for gray, 3 for colour.
  public var channels = 1
  /// The profiles through the crosshair, when the request asked for them.
  public var rowProfile, columnProfile: Profile?
  /// What profiles lie between, when the request asked for it and it is known.
  public var envelope: FrameEnvelope?
  /// How the samples of the whole plane are distributed, when the request asked for it.
  public var histogram: Histogram?
  /// True when the frame's data was short or corrupt.
  public var isDamaged = false

  /// Nothing to show yet.
  public init() {}
}
