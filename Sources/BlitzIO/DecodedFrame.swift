public import BlitzCore
import BlitzKernels
import Glibc

/// What a decoder notes about a frame beside its samples.
public struct DecodeReport: Equatable, Sendable {
  /// Warnings about what is not image data.
  public var warnings = 0
  /// Bytes read from files.
  public var bytesRead = 0
  /// Why the frame is damaged; may hold foreign text.
  public var problem: String?
  /// The image was decoded at one half, quarter or eighth of its size, on request.
  public var reduction = 1

  /// Nothing to note.
  public init() {}
}

/// One frame as a decoder delivered it: stored type, interleaved channels, no padding.
///
/// Belongs to one worker, which decodes frame after frame into the same memory.
@safe public final class DecodedFrame {
  /// Rows of the frame.
  public private(set) var rows = 0
  /// Pixels in a row.
  public private(set) var columns = 0
  /// Interleaved samples of a pixel.
  public private(set) var channels = 0
  /// The type of a sample, in this machine's byte order unless `isSwapped`.
  public private(set) var type = SampleType.u8
  /// True when the bytes of each sample stand in the other order.
  public private(set) var isSwapped = false
  /// The sample value of white where that is not the type's largest (10 bits in `u16`, or `f32`
  /// beyond 1); `prepare` takes it back.
  public var white: Float?
  /// How the codes of video luma become samples; nil where codes are samples. `prepare` takes it back.
  var limitedLuma: LimitedLuma?

  /// What the decoder noted about this frame beside its samples.
  public var report = DecodeReport()

  /// The file the frame comes from, for readers that take files whole.
  let file = FileBytes()

  /// What decoding PNG needs beside the frame.
  let pngScratch = PNGScratch()

  // Owned by this object alone and lent only for the length of a call; not Sendable, so one thread.
  private var storage = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// An empty frame; memory comes with the first `prepare`.
  public init() {}

  deinit { unsafe free(storage.baseAddress) }

  /// Bytes of the frame as described.
  public var byteCount: Int { rows * columns * channels * type.byteCount }

  /// Makes room for a frame; what was in it before is lost. Without memory for it the frame is empty.
  public func prepare(
    rows: Int, columns: Int, channels: Int, type: SampleType, isSwapped: Bool = false
  ) {
    (self.rows, self.columns, self.channels) = (rows, columns, channels)
    (self.type, self.isSwapped, white, limitedLuma) = (type, isSwapped, nil, nil)
    reserve(byteCount)
  }

  /// Makes the memory at least that large; what is in it may be lost.
  private func reserve(_ size: Int) {
    guard unsafe storage.count < size else { return }
    unsafe free(storage.baseAddress)
    // Zeroed by the system, each page when it is first touched: a header that lies costs nothing.
    if let memory = unsafe calloc(size, 1) {
      unsafe storage = UnsafeMutableRawBufferPointer(start: memory, count: size)
    } else {
      unsafe storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
      (rows, columns) = (0, 0)
    }
  }

  /// Makes room for what a header announces, and for `spare` bytes behind it.
  func prepare(_ header: ImageHeader, isSwapped: Bool = false, spare: Int = 0) {
    prepare(
      rows: header.rows, columns: header.columns, channels: header.channels, type: header.type,
      isSwapped: isSwapped)
    reserve(byteCount + spare)
  }

  /// Lends all memory there is, of which the frame is the beginning.
  func withMemory<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R { unsafe body(storage) }

  /// Lends the bytes to a decoder.
  public func withMutableBytes<R, E: Error>(
    _ body: (inout MutableSpan<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    let bytes = unsafe UnsafeMutableBufferPointer(
      start: storage.baseAddress?.assumingMemoryBound(to: UInt8.self), count: byteCount)
    var span = unsafe bytes.mutableSpan
    return try body(&span)
  }

  /// The bytes to convert from; row-major, `columns * channels` samples in a row.
  public func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let bytes = unsafe UnsafeBufferPointer(
      start: storage.baseAddress?.assumingMemoryBound(to: UInt8.self), count: byteCount)
    return try body(unsafe bytes.span)
  }
}
