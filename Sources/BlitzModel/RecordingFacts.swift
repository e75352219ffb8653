public import BlitzCore

/// What the viewer says about the recording it shows; fixed once the plan is made.
public struct RecordingFacts: Equatable, Sendable {
  /// The last part of the path, made printable.
  public let name: PrintableText
  /// Name of the format, as `blitz info` spells it.
  public let format: String
  /// Frames in the source: the T of `frame N of T`.
  public let sourceFrames: Int
  /// False while `sourceFrames` is a header's claim.
  public let framesExact: Bool
  /// The source frames that are loaded.
  public let kept: FrameRange
  /// Extents of what is loaded.
  public let shape: StackShape
  /// How the file stores a sample.
  public let sampleType: SampleType
  /// Where the samples are, such as `24.1 GiB in memory` or `mapped`.
  public let residence: String
  /// Why the plan is what it is; shown by the info overlay.
  public let planReason: PrintableText
  /// Inputs known to be left out.
  public let skippedCount: Int
  /// Frames per second, when known.
  public let framesPerSecond: FrameRate?
  /// True when frames have times of their own, which need not keep to that rate.
  public let isStamped: Bool
  /// What stands before names that exports are suggested: empty for the current folder.
  public let exportFolder: String

  /// All facts; see the properties.
  public init(
    name: PrintableText, format: String, sourceFrames: Int, framesExact: Bool, kept: FrameRange,
    shape: StackShape, sampleType: SampleType, residence: String, planReason: PrintableText,
    skippedCount: Int, framesPerSecond: FrameRate?,
    isStamped: Bool = false, exportFolder: String = ""
  ) {
    (self.name, self.format) = (name, format)
    (self.sourceFrames, self.framesExact, self.kept) = (sourceFrames, framesExact, kept)
    (self.shape, self.sampleType) = (shape, sampleType)
    (self.residence, self.planReason) = (residence, planReason)
    (self.skippedCount, self.framesPerSecond) = (skippedCount, framesPerSecond)
    (self.isStamped, self.exportFolder) = (isStamped, exportFolder)
  }

  /// True when pixels have a colour of their own instead of one from the colour map.
  public var hasColors: Bool { shape.channels > 1 }

  /// `gray16`, `color8` and so on: how the file stores a pixel and what is kept of it.
  public var pixelText: String {
    let kind = shape.channels == 1 ? "gray" : "color"
    switch sampleType {
    case .u8, .u16, .u32, .u64: return "\(kind)\(sampleType.byteCount * 8)"
    default: return "\(kind) \(sampleType.rawValue)"
    }
  }
}
