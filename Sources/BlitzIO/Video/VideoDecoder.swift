import BlitzCore
import BlitzKernels
import CCodecShims
import Synchronization

/// An open video that any thread may ask for any frame.
///
/// One decoder stands behind a lock; pictures leave it by reference and are converted outside, so
/// that converting keeps up with decoding on another processor.
final class VideoDecoder: Sendable {
  /// What the samples of the first picture are; others must be alike.
  let layout: blz_picture_layout
  /// Names of container and codec.
  let names: (container: String, codec: String)
  let scan: VideoScan

  private let path: FilePath
  private let luma: LoadOptions.Luma
  private let claim: blz_video_claim
  private let state: Mutex<State>
  // Frames that some thread is asking for now. Taken alone or inside `state`, never around it.
  private let asked = Mutex<Set<Int>>([])

  private struct State {
    let cursor: VideoCursor
    /// Pictures met on the way to another, for the threads that wait for them.
    var ready: [Int: CodecPicture] = [:]
  }

  /// Files up to this size are scanned when opened, so that their frame count is exact at once.
  static let scannedSize = 32 << 20
  /// Memory for pictures kept at hand, and how many there are at least and at most.
  private static let keptBytes = 64 << 20
  private static let keptCount = 4...16

  init(path: FilePath, luma: LoadOptions.Luma, threads: Int) throws(BlitzError) {
    let scan = try VideoScan(path: path)
    let cursor = try VideoCursor(
      path: path, threads: threads, scan: scan, kept: Self.keptCount.lowerBound)
    claim = cursor.claim
    if claim.bytes <= Self.scannedSize || claim.frames == 0 { scan.finish() }
    guard let first = cursor.first(), first.isReadable else {
      throw BlitzError(
        .damagedInput, path.description, "no frame can be decoded",
        hint: "check that the file plays, or convert it: ffmpeg -i IN -c:v ffv1 OUT.mkv")
    }
    cursor.keep(pictures: Self.kept(first.layout))
    (self.path, self.luma, self.scan) = (path, luma, scan)
    (layout, names) = (first.layout, cursor.names)
    state = Mutex(State(cursor: cursor))
  }

  /// Decodes a frame as `VideoReader.decode`.
  func decode(
    _ index: Int, color: Bool, into frame: DecodedFrame
  ) throws(BlitzError) -> FrameCondition {
    let picture = try picture(index)
    frame.report.problem = problem(of: picture, index)
    guard let picture, frame.report.problem == nil else { return .damaged }
    return picture.write(color: color, luma: luma, into: frame) ? .complete : .damaged
  }

  /// The picture of a frame. Threads come by the lock in any order, so the one that has it first
  /// fetches what the others ask for further ahead in the file; else they would have to go back.
  private func picture(_ index: Int) throws(BlitzError) -> CodecPicture? {
    _ = asked.withLock { $0.insert(index) }
    defer { _ = asked.withLock { $0.remove(index) } }
    return try state.withLock { (state) throws(BlitzError) in
      if let ready = state.ready.removeValue(forKey: index) { return ready }
      let earlier = asked.withLock { asked in asked.filter { $0 < index } }
      for other in earlier.sorted() where state.ready[other] == nil {
        state.ready[other] = try state.cursor.picture(other)
      }
      return try state.cursor.picture(index)
    }
  }

  /// How codes of gray become samples; nil where they are samples.
  var limitedLuma: LimitedLuma? { layout.limitedLuma(luma) }

  /// When a frame is shown, in seconds after the first; nil when the file does not say.
  func seconds(atFrame frame: Int) -> Double? {
    scan.settle(frame)
    let unit = Double(claim.time_numerator) / Double(claim.time_denominator)
    return scan.lookUp { $0.presentation(of: frame) }.map { Double($0) * unit }
  }

  /// What is known of the video by now.
  func describe() throws(BlitzError) -> StackDescription {
    let (isExact, counted) = scan.lookUp { ($0.isComplete, $0.frameCount) }
    let frames = isExact ? counted : max(counted, Int(clamping: claim.frames))
    let shape = StackShape(
      frames: frames, rows: Int(layout.rows), columns: Int(layout.columns),
      channels: layout.has_color != 0 ? 3 : 1)
    guard let shape else {
      throw BlitzError(
        .limit, path.description, "\(layout.columns)x\(layout.rows) pixels, \(frames) frames",
        hint: "cut or scale it first: ffmpeg -i IN -t SECONDS -c copy OUT")
    }
    return StackDescription(
      format: "video", shape: shape, sampleType: layout.codeType, framesExact: isExact,
      framesPerSecond: FrameRate(Int(claim.rate_numerator), Int(claim.rate_denominator)))
  }

  /// How often the decoder had to jump.
  var jumps: Int { state.withLock { $0.cursor.jumps } }

  /// Why a frame cannot be shown; nil when it can.
  private func problem(of picture: CodecPicture?, _ frame: Int) -> String? {
    guard let picture else {
      let count = scan.lookUp { $0.frameCount }
      return frame < count ? "no picture comes of it" : "the video has only \(count) frames"
    }
    if scan.lookUp({ $0.isCut(frame) }) { return "its data is not whole in the file" }
    if !picture.layout.isAlike(layout) {
      return "its size or kind of pixel differs from the first frame's"
    }
    return picture.layout.is_damaged == 0 ? nil : "the codec had to guess parts of it"
  }

  /// Memory of the pictures kept at hand and of the 16 that a codec may refer to, at most.
  var bytes: Int { Self.pictureBytes(layout) * (Self.kept(layout) + 16) }

  private static func kept(_ layout: blz_picture_layout) -> Int {
    let count = keptBytes / max(pictureBytes(layout), 1)
    return min(max(count, keptCount.lowerBound), keptCount.upperBound)
  }

  /// A picture with chroma of half its extents; other kinds take up to twice that.
  private static func pictureBytes(_ layout: blz_picture_layout) -> Int {
    Int(layout.rows) * Int(layout.columns) * layout.codeType.byteCount * 3 / 2
  }
}
