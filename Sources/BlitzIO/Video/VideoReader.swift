public import BlitzCore
import BlitzKernels
import CCodecShims

/// A video of any container and codec that FFmpeg knows.
///
/// Frames are numbered by presentation time. Gray comes from the luma plane with its bit depth,
/// limited range expanded to `f32` unless raw codes are asked for; colour comes as RGB of the same
/// depth. Rotation and aspect marks in the file are ignored. Frames asked for in order, by any
/// number of threads at once, are decoded once each.
public struct VideoReader: StackReader {
  /// What is known of it; the sample type is that of the codes, even where luma is expanded.
  public let description: StackDescription

  private let decoder: VideoDecoder

  /// Opens a video and decodes its first frame.
  ///
  /// The number of frames is certain when the file is small or its headers do not give it; else it
  /// is the headers' word until `counted`.
  ///
  /// - Parameters:
  ///   - path: A regular file.
  ///   - luma: How limited-range luma becomes samples.
  ///   - threads: Threads of the codec.
  /// - Throws: When the libraries are missing, the file is no video, or no frame can be decoded.
  public init(
    path: FilePath, luma: LoadOptions.Luma = .expand, threads: Int = defaultThreads
  ) throws(BlitzError) {
    decoder = try VideoDecoder(path: path, luma: luma, threads: threads)
    description = try decoder.describe()
  }

  private init(_ decoder: VideoDecoder, _ description: StackDescription) {
    (self.decoder, self.description) = (decoder, description)
  }

  /// Decodes one frame.
  ///
  /// - Returns: `damaged` also for a frame that a header promised and the file does not have, and
  ///   for one whose size or kind of pixel is not the first frame's.
  public func decode(
    _ index: Int, color: Bool, into frame: DecodedFrame
  ) throws(BlitzError) -> FrameCondition {
    try decoder.decode(index, color: color, into: frame)
  }

  /// The same video with its frames counted; reads the whole file, without decoding, once.
  public func counted() throws(BlitzError) -> VideoReader {
    guard !description.framesExact else { return self }
    decoder.scan.finish()
    return VideoReader(decoder, try decoder.describe())
  }

  /// When a frame is shown, in seconds after the first; nil when the file does not say.
  public func seconds(atFrame frame: Int) -> Double? { decoder.seconds(atFrame: frame) }

  /// As `seconds(atFrame:)` where the part of the file read so far tells; reads nothing.
  public func knownSeconds(atFrame frame: Int) -> Double? { decoder.knownSeconds(atFrame: frame) }

  /// The times of the first frames, as many as the part of the file read so far tells.
  ///
  /// - Complexity: O(frames).
  public func knownTimes() -> [Double] { decoder.knownTimes() }

  /// Names of container and codec as FFmpeg spells them, such as `matroska,webm` and `h264`.
  public var names: (container: String, codec: String) { decoder.names }

  /// Significant bits of a code.
  public var bitDepth: Int { Int(decoder.layout.bits) }

  /// True when luma is stored as 16...235 (times a power of two).
  public var isLimitedRange: Bool { decoder.layout.is_limited != 0 }

  /// True when gray is its luma, in the stored type.
  var hasLuma: Bool { decoder.layout.has_luma != 0 }

  /// How codes of gray become samples; nil where they are samples.
  var limitedLuma: LimitedLuma? { decoder.limitedLuma }

  /// Threads that a codec uses where none are asked for: two are sooner done than one on a free
  /// machine for about a tenth more work; more would lengthen a seek.
  public static let defaultThreads = 2

  /// Memory that decoding takes beside the frames of its callers.
  var codecBytes: Int { decoder.bytes }

  /// How often the decoder had to jump, for tests of the reading order.
  var jumps: Int { decoder.jumps }
}
