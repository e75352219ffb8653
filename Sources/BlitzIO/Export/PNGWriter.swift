public import BlitzCore
import CCodecShims

/// Writes images as PNG through libpng.
public enum PNGWriter {
  /// Samples of a depth, as the file holds them.
  public enum Samples: Sendable {
    /// One byte each.
    case eight([UInt8])
    /// Two bytes each.
    case sixteen([UInt16])
  }

  /// Writes a whole image.
  ///
  /// - Parameters:
  ///   - rows: At most 65535, like `columns`.
  ///   - channels: 1 for gray, 3 for RGB.
  ///   - samples: `rows * columns * channels` of them, row-major, channels interleaved.
  /// - Throws: `system` when the disk is full, `unsupported` for extents that PNG readers refuse.
  public static func write(
    rows: Int, columns: Int, channels: Int, _ samples: Samples, to output: AtomicOutput
  ) throws(BlitzError) {
    guard 1...65535 ~= rows, 1...65535 ~= columns, channels == 1 || channels == 3 else {
      throw BlitzError(
        .unsupported, output.target.description, "a PNG cannot hold \(columns)x\(rows)x\(channels)",
        hint: "write a .npy")
    }
    let (bytes, bits) = samples.spelled
    var info = blz_png_info()
    (info.width, info.height) = (UInt32(columns), UInt32(rows))
    (info.channels, info.bits) = (UInt8(channels), bits)
    var problem = blz_problem()
    let outcome = unsafe bytes.withUnsafeBufferPointer {
      unsafe blz_png_write(output.descriptor, &info, $0.baseAddress, $0.count, &problem)
    }
    guard outcome == BLZ_COMPLETE else {
      let reason = problem.failure(outcome).reason
      throw BlitzError(.system, output.target.description, "\(reason)")
    }
  }
}

extension PNGWriter.Samples {
  /// The bytes, highest first, and the bits of a sample.
  fileprivate var spelled: (bytes: [UInt8], bits: UInt8) {
    switch self {
    case .eight(let samples): return (samples, 8)
    case .sixteen(let samples):
      var bytes: [UInt8] = []
      bytes.reserveCapacity(2 * samples.count)
      for sample in samples {
        bytes.append(UInt8(sample >> 8))
        bytes.append(UInt8(sample & 255))
      }
      return (bytes, 16)
    }
  }
}
