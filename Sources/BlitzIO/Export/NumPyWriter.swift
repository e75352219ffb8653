import BlitzCore

/// Spells arrays as `.npy`, format version 1.0: Float32, little-endian, C order.
public enum NumPyWriter {
  /// Everything before the samples, padded so that they begin at a multiple of 64 bytes.
  ///
  /// - Parameter extents: Of the array, slowest axis first; none for a scalar.
  public static func header(extents: [Int]) -> [UInt8] {
    let shape = extents.map { "\($0)," }.joined(separator: " ")
    let entries =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (\(trimmed(shape, extents))), }"
    let length = (10 + entries.utf8.count + 1 + 63) / 64 * 64 - 10
    let padding = String(repeating: " ", count: length - entries.utf8.count - 1)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
      + Array((entries + padding + "\n").utf8)
  }

  /// A whole file.
  ///
  /// - Parameter samples: As many as `extents` multiply to.
  public static func bytes(_ samples: Span<Float>, extents: [Int]) -> [UInt8] {
    var bytes = header(extents: extents)
    bytes.reserveCapacity(bytes.count + samples.count * 4)
    append(samples, to: &bytes)
    return bytes
  }

  /// Appends samples, lowest byte first.
  public static func append(_ samples: Span<Float>, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: samples.count * 4))
    var target = bytes.mutableSpan
    // Any bit pattern is a byte.
    var raw = unsafe target.mutableBytes
    for i in samples.indices {
      raw.storeBytes(
        of: samples[i].bitPattern.littleEndian, toByteOffset: start + i * 4, as: UInt32.self)
    }
  }

  /// A tuple of one keeps its comma, a longer one drops the last.
  private static func trimmed(_ shape: String, _ extents: [Int]) -> String {
    extents.count > 1 ? String(shape.dropLast()) : shape
  }
}
