public import BlitzCore
import CCodecShims

/// Writes one image of 8 or 16 bits, gray or RGB, as a PNG file.
public enum PNGWriter {
  /// Writes 8-bit codes.
  ///
  /// - Parameters:
  ///   - samples: `rows * columns * channels` codes, channels interleaved.
  ///   - channels: 1 or 3.
  public static func write(
    _ samples: Span<UInt8>, rows: Int, columns: Int, channels: Int,
    to output: consuming AtomicOutput
  ) throws(BlitzError) {
    let info = try info(rows: rows, columns: columns, channels: channels, bits: 8)
    try encode(samples, info, to: output)
    try output.commit()
  }

  /// Writes 16-bit codes; as for 8 bits.
  public static func write(
    _ samples: Span<UInt16>, rows: Int, columns: Int, channels: Int,
    to output: consuming AtomicOutput
  ) throws(BlitzError) {
    let info = try info(rows: rows, columns: columns, channels: channels, bits: 16)
    var bytes = [UInt8](repeating: 0, count: samples.count * 2)
    var span = bytes.mutableSpan
    for i in samples.indices {
      span[2 &* i] = UInt8(truncatingIfNeeded: samples[i] >> 8)
      span[2 &* i &+ 1] = UInt8(truncatingIfNeeded: samples[i])
    }
    try encode(bytes.span, info, to: output)
    try output.commit()
  }

  private static func info(
    rows: Int, columns: Int, channels: Int, bits: UInt8
  ) throws(BlitzError) -> blz_png_info {
    guard 1...65_535 ~= rows, 1...65_535 ~= columns, channels == 1 || channels == 3 else {
      throw BlitzError(.unsupported, "PNG", "cannot hold \(columns)x\(rows)x\(channels) samples")
    }
    return blz_png_info(
      width: UInt32(columns), height: UInt32(rows), channels: UInt8(channels), bits: bits)
  }

  private static func encode(
    _ bytes: Span<UInt8>, _ info: blz_png_info, to output: borrowing AtomicOutput
  ) throws(BlitzError) {
    var (info, problem) = (info, blz_problem())
    let outcome = try output.withDescriptor { (descriptor) throws(BlitzError) in
      unsafe bytes.withUnsafeBufferPointer {
        unsafe blz_png_write(descriptor, &info, $0.baseAddress, $0.count, &problem)
      }
    }
    guard outcome == BLZ_COMPLETE else {
      throw BlitzError(.system, output.name, "cannot be written: \(problem.reason)")
    }
  }
}
