public import BlitzCore

/// Writes Float32 samples as a `.npy` file, version 1.0, frame by frame.
///
/// The format is that of NumPy's `numpy.lib.format`: little-endian, C order.
public struct NumPyWriter: ~Copyable {
  private let output: AtomicOutput
  private let expected: Int
  private var written = 0
  private var buffer: [UInt8]

  /// Starts a file of `(H, W)` or `(H, W, 3)` samples, or of `(T, H, W)` or `(T, H, W, 3)`.
  ///
  /// - Parameters:
  ///   - shape: Extents; `frames` counts only when `isStack` is true, else it must be 1.
  ///   - isStack: Keeps the axis of frames even when there is one frame only.
  public init(_ output: consuming AtomicOutput, shape: StackShape, isStack: Bool)
    throws(BlitzError)
  {
    precondition(isStack || shape.frames == 1, "one frame without its axis")
    buffer = []
    expected = shape.sampleCount
    try output.write(Self.header(shape, isStack: isStack).span)
    self.output = output
  }

  /// Appends samples, in order: frames, rows, columns, channels.
  public mutating func write(_ samples: Span<Float>) throws(BlitzError) {
    written += samples.count
    precondition(written <= expected, "more samples than announced")
    let part = 1 << 16
    for start in stride(from: 0, to: samples.count, by: part) {
      store(samples.extracting(start..<min(start + part, samples.count)))
      try output.write(buffer.span)
    }
  }

  /// Completes the file; all samples must have been written.
  public consuming func commit() throws(BlitzError) {
    precondition(written == expected, "fewer samples than announced")
    try output.commit()
  }

  private mutating func store(_ samples: Span<Float>) {
    if buffer.count != samples.count * 4 {
      buffer = [UInt8](repeating: 0, count: samples.count * 4)
    }
    var bytes = buffer.mutableSpan
    for i in samples.indices {
      let bits = samples[i].bitPattern
      bytes[4 &* i] = UInt8(truncatingIfNeeded: bits)
      bytes[4 &* i &+ 1] = UInt8(truncatingIfNeeded: bits >> 8)
      bytes[4 &* i &+ 2] = UInt8(truncatingIfNeeded: bits >> 16)
      bytes[4 &* i &+ 3] = UInt8(truncatingIfNeeded: bits >> 24)
    }
  }

  /// The header, padded so that samples begin at a multiple of 64 bytes.
  private static func header(_ shape: StackShape, isStack: Bool) -> [UInt8] {
    var extents = isStack ? [shape.frames] : []
    extents += [shape.rows, shape.columns] + (shape.channels == 1 ? [] : [shape.channels])
    let list = extents.map(String.init).joined(separator: ", ")
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(list)), }"
    let unpadded = 10 + text.utf8.count + 1
    let padding = (64 - unpadded % 64) % 64
    let length = text.utf8.count + 1 + padding
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
      + Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0a]
  }
}
