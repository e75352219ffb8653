import BlitzCore
import BlitzKernels
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

  /// Copies the picture: RGB when colour is wanted or luma is not to be had, else one channel.
  ///
  /// - Returns: False for a kind of picture that has no such form.
  func write(color: Bool, luma: LoadOptions.Luma, into frame: DecodedFrame) -> Bool {
    let isRGB = layout.has_color != 0 && (color || layout.has_luma == 0)
    frame.prepare(
      rows: Int(layout.rows), columns: Int(layout.columns), channels: isRGB ? 3 : 1,
      type: layout.codeType)
    frame.white = Float((1 << layout.bits) - 1)
    frame.limitedLuma = isRGB ? nil : layout.limitedLuma(luma)
    return frame.withMutableBytes { bytes in
      unsafe bytes.withUnsafeMutableBytes { raw in
        let copy = unsafe isRGB ? blz_picture_rgb : blz_picture_codes
        return unsafe copy(picture, raw.baseAddress, raw.count) != 0
      }
    }
  }
}

extension blz_picture_layout {
  /// Type of a sample as coded.
  var codeType: SampleType { bits <= 8 ? .u8 : .u16 }

  /// How codes of gray become samples; nil where they are samples.
  func limitedLuma(_ luma: LoadOptions.Luma) -> LimitedLuma? {
    luma == .expand && is_limited != 0 ? LimitedLuma(bits: Int(bits)) : nil
  }

  /// True when extents and kind of samples are the same.
  func isAlike(_ other: blz_picture_layout) -> Bool {
    rows == other.rows && columns == other.columns && bits == other.bits
      && has_luma == other.has_luma && has_color == other.has_color
      && is_limited == other.is_limited
  }
}
