public import BlitzCore
import CCodecShims
import Synchronization

/// A video of any container and codec that FFmpeg knows.
///
/// Frames are numbered by presentation time. Gray comes from the luma plane with its bit depth,
/// limited range expanded to `f32` unless raw codes are asked for; colour comes as RGB of the same
/// depth. Rotation and aspect marks in the file are ignored. Frames asked for in order, by any
/// number of threads at once, are decoded once each.
public final class VideoReader: StackReader {
  /// What is known of it since it was opened; the sample type is the one `decode` delivers.
  public let description: StackDescription
  /// Names as FFmpeg spells them, such as `matroska,webm` and `h264`.
  public let container, codec: String
  /// Significant bits of a code.
  public let bitDepth: Int
  /// True when luma is stored as 16...235 (times a power of two).
  public let isLimitedRange: Bool

  private let path: FilePath
  private let luma: LoadOptions.Luma
  private let layout: blz_picture_layout
  private let timeUnit: Double
  private let scan: VideoScan
  private let cursor: Mutex<VideoCursor>

  /// Files up to this size are scanned when opened, so that their frame count is exact at once.
  static let scannedSize = 32 << 20
  /// Memory for pictures kept at hand, and the fewest kept.
  private static let keptBytes = 64 << 20
  private static let fewestKept = 4

  /// Opens a video and decodes its first frame.
  ///
  /// - Parameters:
  ///   - path: A regular file.
  ///   - luma: How limited-range luma becomes samples.
  ///   - isExact: Reads all packets first, so that the number of frames is certain.
  ///   - threads: Threads of the codec.
  /// - Throws: When the libraries are missing, the file is no video, or no frame can be decoded.
  public init(
    path: FilePath, luma: LoadOptions.Luma = .expand, isExact: Bool = false, threads: Int = 2
  ) throws(BlitzError) {
    let scan = try VideoScan(path: path)
    let cursor = try VideoCursor(path: path, threads: threads, scan: scan, kept: Self.fewestKept)
    if isExact || cursor.claim.bytes <= Self.scannedSize || cursor.claim.frames == 0 {
      scan.finish()
    }
    guard let first = cursor.first(), first.isReadable else {
      throw BlitzError(
        .damagedInput, path.description, "no frame can be decoded",
        hint: "check that the file plays, or convert it: ffmpeg -i IN -c:v ffv1 OUT.mkv")
    }
    cursor.keep(pictures: Self.kept(first.layout))
    description = try Self.describe(path, cursor.claim, scan, first, luma)
    (container, codec) = cursor.names
    (bitDepth, isLimitedRange) = (Int(first.layout.bits), first.layout.is_limited != 0)
    timeUnit = Double(cursor.claim.time_numerator) / Double(cursor.claim.time_denominator)
    (self.path, self.luma, self.layout, self.scan) = (path, luma, first.layout, scan)
    self.cursor = Mutex(cursor)
  }

  /// Decodes one frame.
  ///
  /// - Returns: `damaged` also for a frame that a header promised and the file does not have, and
  ///   for one whose size or kind of pixel is not the first frame's.
  public func decode(
    _ index: Int, color: Bool, into frame: DecodedFrame
  ) throws(BlitzError) -> FrameCondition {
    let picture = try cursor.withLock { cursor throws(BlitzError) in try cursor.picture(index) }
    frame.report.problem = problem(of: picture, index)
    guard let picture, frame.report.problem == nil else { return .damaged }
    return picture.write(color: color, luma: luma, into: frame) ? .complete : .damaged
  }

  /// The number of frames, counted: reads the whole file the first time.
  public func countFrames() -> Int {
    scan.finish()
    return scan.lookUp { $0.frameCount }
  }

  /// When a frame is shown, in seconds after the first; nil when the file does not say.
  public func seconds(atFrame frame: Int) -> Double? {
    scan.settle(frame)
    return scan.lookUp { $0.presentation(of: frame) }.map { Double($0) * timeUnit }
  }

  /// Why a frame cannot be shown; nil when it can.
  private func problem(of picture: CodecPicture?, _ frame: Int) -> String? {
    guard let picture else {
      let count = scan.lookUp { $0.frameCount }
      return frame < count ? "no picture comes of it" : "the video has only \(count) frames"
    }
    if !picture.matches(layout) {
      return "its size or kind of pixel differs from the first frame's"
    }
    return picture.layout.is_damaged == 0 ? nil : "the codec had to guess parts of it"
  }

  /// How often the decoder had to jump, for tests of the reading order.
  var jumps: Int { cursor.withLock { $0.jumps } }

  private static func kept(_ layout: blz_picture_layout) -> Int {
    let bytes = Int(layout.rows) * Int(layout.columns) * (layout.bits <= 8 ? 2 : 4)
    return min(max(keptBytes / max(bytes, 1), fewestKept), 16)
  }

  private static func describe(
    _ path: FilePath, _ claim: blz_video_claim, _ scan: VideoScan, _ first: CodecPicture,
    _ luma: LoadOptions.Luma
  ) throws(BlitzError) -> StackDescription {
    let (isExact, counted) = scan.lookUp { ($0.isComplete, $0.frameCount) }
    let layout = first.layout
    let shape = StackShape(
      frames: isExact ? counted : max(counted, Int(clamping: claim.frames)), rows: Int(layout.rows),
      columns: Int(layout.columns), channels: layout.has_color != 0 ? 3 : 1)
    guard let shape else {
      throw BlitzError(
        .limit, path.description,
        "\(layout.columns)x\(layout.rows) pixels, \(claim.frames) frames: too large",
        hint: "cut or scale it first: ffmpeg -i IN -t SECONDS -c copy OUT")
    }
    return StackDescription(
      format: "video", shape: shape, sampleType: first.expands(luma) ? .f32 : first.codeType,
      framesExact: isExact,
      framesPerSecond: FrameRate(Int(claim.rate_numerator), Int(claim.rate_denominator)))
  }
}
