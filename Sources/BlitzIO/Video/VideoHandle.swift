import BlitzCore
import CCodecShims
import Glibc

/// An open video file: its packets in file order, and a decoder for them.
///
/// Belongs to one thread at a time.
@safe final class VideoHandle {
  /// What the headers say of it.
  let claim: blz_video_claim
  /// Names of container and codec.
  let container, codec: String

  // Closed once, with this object, and never handed out.
  private let video: OpaquePointer

  /// Opens a regular file.
  ///
  /// - Parameter threads: Threads the codec may use; 0 reads packets alone.
  init(path: FilePath, threads: Int) throws(BlitzError) {
    var handle: OpaquePointer?
    var claim = blz_video_claim()
    let status = unsafe path.withCString {
      unsafe blz_video_open($0, Int32(clamping: threads), &handle, &claim)
    }
    let reason = errno
    guard let video = unsafe handle, status == BLZ_VIDEO_OK else {
      throw Self.error(status, path, errno: reason)
    }
    unsafe self.video = video
    self.claim = claim
    container = unsafe String(cString: blz_video_container(video))
    codec = unsafe String(cString: blz_video_codec(video))
  }

  deinit { unsafe blz_video_close(video) }

  /// The next packet, kept until the next read; nil at the end of what can be read.
  func read() -> blz_video_packet? {
    var packet = blz_video_packet()
    return unsafe blz_video_read(video, &packet) != 0 ? packet : nil
  }

  /// Gives the kept packet to the decoder under a number that its picture will carry.
  func send(ordinal: Int) { unsafe blz_video_send(video, Int64(ordinal)) }

  /// Tells the decoder that no more packets come.
  func drain() { unsafe blz_video_drain(video) }

  /// The next finished picture in display order; nil when the decoder wants packets or is drained.
  func receive() -> (ordinal: Int, picture: CodecPicture)? {
    var tag: Int64 = 0
    guard let picture = unsafe blz_video_receive(video, &tag) else { return nil }
    return (Int(tag), unsafe CodecPicture(owning: picture))
  }

  /// Moves to about a time stamp; where exactly is for the caller to find out.
  func seek(to time: Int64) -> Bool { unsafe blz_video_seek(video, time) != 0 }

  private static func error(
    _ status: blz_video_status, _ path: FilePath, errno: Int32
  ) -> BlitzError {
    let detail = CodecLibraries.message.map { ": \($0)" } ?? ""
    switch status {
    case BLZ_VIDEO_MISSING:
      return BlitzError(
        .missingInput, path.description, systemReason(errno),
        hint: "check the path and its permissions")
    case BLZ_VIDEO_NOT_REGULAR:
      return BlitzError(
        .missingInput, path.description, "not a regular file",
        hint: "save the video to a file first")
    case BLZ_VIDEO_NO_LIBRARY:
      return CodecLibraries.missing.error(path)
    case BLZ_VIDEO_REFUSED:
      return BlitzError(
        .unsupported, path.description, "no video that can be read" + detail,
        hint: "playlists and streams of other files are not followed; open the video itself")
    default:
      return BlitzError(
        .damagedInput, path.description, "the video cannot be opened" + detail,
        hint: "copy it again, or repair it with: ffmpeg -i IN -c copy OUT")
    }
  }
}
