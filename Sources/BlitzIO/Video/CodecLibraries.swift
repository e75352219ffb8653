import BlitzCore
import CCodecShims

/// The FFmpeg libraries, which are opened at the first video or still that needs them; and the
/// versions of all that decode.
enum CodecLibraries {
  /// Their absence, to be thrown about a file.
  static var missing: ImageProblem {
    let needs = unsafe String(cString: blz_ffmpeg_needs())
    return ImageProblem(
      kind: .unsupported,
      reason: "needs the FFmpeg libraries: \(message ?? "they cannot be opened")",
      hint: needs.isEmpty
        ? "rebuild blitz with libavformat-dev, libavcodec-dev and libswscale-dev installed"
        : "install \(needs) (Debian: libavformat59 libswscale6)")
  }

  /// Names and versions of the libraries that decode a recording; those of FFmpeg where it needs
  /// them.
  static func versions(of reader: any StackReader) -> String {
    let linked = unsafe String(cString: blz_versions_linked())
    guard ["video", "bmp", "webp"].contains(reader.description.format) else { return linked }
    let ffmpeg = unsafe String(cString: blz_versions_ffmpeg())
    return "\(linked), \(ffmpeg)"
  }

  /// What they said about the last failure on this thread.
  static var message: String? {
    let text = unsafe String(cString: blz_av_message())
    return text.isEmpty ? nil : text
  }
}
