import BlitzCore
import CCodecShims

/// One decoded picture as the codec left it, still in the codec's own memory.
///
/// Holding it costs no copy; the codec reuses the memory once it is let go.
@safe final class CodecPicture: Sendable {
  /// What the samples are.
  let layout: blz_picture_layout

  // A reference of our own to memory that nobody writes any more: it can be read from any thread,
  // and is released once, with this object.
  private nonisolated(unsafe) let picture: OpaquePointer

  /// Takes over a picture that a shim handed out.
  init(owning picture: OpaquePointer) {
    unsafe self.picture = picture
    layout = unsafe blz_picture_describe(picture)
  }

  deinit { unsafe blz_picture_free(picture) }

  /// True when pictures of this one's kind can be read at all.
  var isReadable: Bool { layout.rows > 0 }

  /// Type of a sample as coded.
  var codeType: SampleType { layout.bits <= 8 ? .u8 : .u16 }

  /// True when the other picture has the same extents and the same kind of samples.
  func matches(_ other: blz_picture_layout) -> Bool {
    layout.rows == other.rows && layout.columns == other.columns && layout.bits == other.bits
      && layout.has_luma == other.has_luma && layout.has_color == other.has_color
      && layout.is_limited == other.is_limited
  }

  /// True when gray samples come as expanded `f32` rather than as codes.
  func expands(_ luma: LoadOptions.Luma) -> Bool { luma == .expand && layout.is_limited != 0 }

  /// Copies the picture: RGB when colour is wanted or luma is not to be had, else one channel.
  ///
  /// - Returns: False for a kind of picture that has no such form.
  func write(color: Bool, luma: LoadOptions.Luma, into frame: DecodedFrame) -> Bool {
    let isRGB = layout.has_color != 0 && (color || layout.has_luma == 0)
    let isExpanded = !isRGB && expands(luma)
    frame.prepare(
      rows: Int(layout.rows), columns: Int(layout.columns), channels: isRGB ? 3 : 1,
      type: isExpanded ? .f32 : codeType)
    return frame.withMutableBytes { bytes in
      unsafe bytes.withUnsafeMutableBytes { raw in
        let copy =
          unsafe isRGB
          ? blz_picture_rgb : isExpanded ? blz_picture_expanded : blz_picture_codes
        return unsafe copy(picture, raw.baseAddress, raw.count) != 0
      }
    }
  }
}
