import BlitzCore
import CCodecShims

/// JPEG files through libjpeg-turbo; gray is the file's own luma where it has one.
enum JPEGReader {
  static let codec = ImageCodec(header: header, decode: decode)

  private static let colorHint = "convert it to RGB or gray, for example with ImageMagick"

  @Sendable private static func header(_ bytes: Span<UInt8>) throws(ImageProblem) -> ImageHeader {
    let opened = unsafe bytes.withUnsafeBufferPointer { file in
      var (info, problem) = (blz_jpeg_info(), blz_problem())
      let (outcome, jpeg) = unsafe open(file, &info, &problem)
      unsafe blz_jpeg_close(jpeg)
      return (outcome: outcome, info: info, problem: problem)
    }
    guard opened.outcome == BLZ_COMPLETE else {
      throw opened.problem.failure(opened.outcome, hint: colorHint)
    }
    return opened.info.header(channels: Int(opened.info.channels), reduction: 1)
  }

  @Sendable private static func decode(
    _ bytes: Span<UInt8>, _ request: DecodeRequest, into frame: DecodedFrame
  ) -> FrameCondition {
    unsafe bytes.withUnsafeBufferPointer { file in
      var (info, problem) = (blz_jpeg_info(), blz_problem())
      var (outcome, jpeg) = unsafe open(file, &info, &problem)
      defer { unsafe blz_jpeg_close(jpeg) }
      guard outcome == BLZ_COMPLETE else { return frame.conclude(outcome, problem) }
      let takesLuma = info.has_luma != 0 && !request.color
      let reduction = info.isDivisible(by: request.reduction) ? request.reduction : 1
      frame.prepare(
        info.header(channels: takesLuma ? 1 : Int(info.channels), reduction: reduction))
      frame.report.reduction = reduction
      outcome = frame.withMutableBytes { samples in
        unsafe samples.withUnsafeMutableBufferPointer {
          unsafe blz_jpeg_read(
            jpeg, takesLuma ? 1 : 0, UInt32(reduction), $0.baseAddress, $0.count, &problem)
        }
      }
      return frame.conclude(outcome, problem)
    }
  }

  private static func open(
    _ file: UnsafeBufferPointer<UInt8>, _ info: inout blz_jpeg_info, _ problem: inout blz_problem
  ) -> (blz_outcome, OpaquePointer?) {
    var jpeg: OpaquePointer?
    let outcome = unsafe blz_jpeg_open(
      file.baseAddress, file.count, UInt64(ImageCodec.pixelLimit), &jpeg, &info, &problem)
    return unsafe (outcome, jpeg)
  }
}

extension blz_jpeg_info {
  fileprivate func header(channels: Int, reduction: Int) -> ImageHeader {
    ImageHeader(
      rows: Int(height) / reduction, columns: Int(width) / reduction, channels: channels, type: .u8,
      hasLuma: has_luma != 0)
  }

  fileprivate func isDivisible(by reduction: Int) -> Bool {
    Int(width).isMultiple(of: reduction) && Int(height).isMultiple(of: reduction)
  }
}
