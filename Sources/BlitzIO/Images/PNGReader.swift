import BlitzCore
import CCodecShims

/// PNG files through libpng: gray or RGB of 8 or 16 bits, whatever the file's layout.
enum PNGReader {
  static let codec = ImageCodec(header: header) { bytes, _, frame in
    decode(bytes, into: frame, usesFastPath: true)
  }

  @Sendable private static func header(_ bytes: Span<UInt8>) throws(ImageProblem) -> ImageHeader {
    let opened = unsafe bytes.withUnsafeBufferPointer { file in
      var (info, problem) = (blz_png_info(), blz_problem())
      let (outcome, png) = unsafe open(file, &info, &problem)
      unsafe blz_png_close(png)
      return (outcome: outcome, info: info, problem: problem)
    }
    guard opened.outcome == BLZ_COMPLETE else { throw opened.problem.failure(opened.outcome) }
    return opened.info.header
  }

  /// Decodes a file; without the fast path every layout goes through libpng, to the same result.
  static func decode(
    _ bytes: Span<UInt8>, into frame: DecodedFrame, usesFastPath: Bool
  ) -> FrameCondition {
    unsafe bytes.withUnsafeBufferPointer { file in
      var (info, problem) = (blz_png_info(), blz_problem())
      var (outcome, png) = unsafe open(file, &info, &problem)
      defer { unsafe blz_png_close(png) }
      guard outcome == BLZ_COMPLETE else { return frame.conclude(outcome, problem) }
      // The fast path needs a byte for each row beyond the samples.
      frame.prepare(
        info.header, isSwapped: info.bits == 16 && !isBigEndian, spare: Int(info.height))
      outcome = unsafe frame.withMemory { memory in
        unsafe blz_png_read(
          png, usesFastPath ? frame.pngScratch.raw : nil, memory.baseAddress, memory.count,
          &problem)
      }
      return frame.conclude(outcome, problem)
    }
  }

  private static func open(
    _ file: UnsafeBufferPointer<UInt8>, _ info: inout blz_png_info, _ problem: inout blz_problem
  ) -> (blz_outcome, OpaquePointer?) {
    var png: OpaquePointer?
    let outcome = unsafe blz_png_open(
      file.baseAddress, file.count, UInt64(ImageCodec.pixelLimit), &png, &info, &problem)
    return unsafe (outcome, png)
  }

  /// PNG's own order of bytes.
  private static let isBigEndian = UInt16(1).bigEndian == 1
}

extension blz_png_info {
  fileprivate var header: ImageHeader {
    ImageHeader(
      rows: Int(height), columns: Int(width), channels: Int(channels), type: bits == 16 ? .u16 : .u8
    )
  }
}

/// Memory of the PNG decoder, used again from file to file; belongs to one worker.
@safe final class PNGScratch {
  // Owned by this object alone. Nil until it is asked for, or without memory, which costs speed.
  private var made: OpaquePointer?

  fileprivate var raw: OpaquePointer? {
    if unsafe made == nil { unsafe made = blz_png_scratch_create() }
    return unsafe made
  }

  deinit { unsafe blz_png_scratch_free(made) }
}
