public import BlitzCore
import CCodecShims

/// Writes frames of 8 bits as an MP4 file that players and slides show.
///
/// H.264 where the FFmpeg libraries have libx264, else MPEG-4 part 2; both lose a little, so a movie
/// is for looking at. Extents are made even by repeating the last row and column. Holds one frame
/// and what the encoder looks ahead.
public struct MovieWriter: ~Copyable {
  private let output: AtomicOutput
  private let frameSize: Int
  private let encoder: MovieEncoder

  /// Starts a movie.
  ///
  /// - Parameters:
  ///   - channels: 1 or 3.
  ///   - rate: Frames per second.
  /// - Throws: `unsupported` when the libraries are missing or no encoder takes these extents,
  ///   `system` when it cannot be written.
  public init(
    _ output: consuming AtomicOutput, rows: Int, columns: Int, channels: Int, rate: FrameRate
  ) throws(BlitzError) {
    guard 1...16_384 ~= rows, 1...16_384 ~= columns, channels == 1 || channels == 3,
      let numerator = Int32(exactly: rate.numerator),
      let denominator = Int32(exactly: rate.denominator)
    else {
      throw BlitzError(
        .unsupported, "movie", "\(columns)x\(rows)x\(channels) samples at \(rate.value) frames/s",
        hint: "make it smaller with --size, or choose another --fps")
    }
    let format = blz_movie_format(
      rows: Int32(rows), columns: Int32(columns), channels: Int32(channels),
      rate_numerator: numerator, rate_denominator: denominator)
    guard blz_ffmpeg_ready() != 0 else {
      let missing = CodecLibraries.missing
      throw BlitzError(missing.kind, "movie", missing.reason, hint: missing.hint)
    }
    let name = output.name
    encoder = try output.withDescriptor { (descriptor) throws(BlitzError) in
      try MovieEncoder(descriptor, format, name: name)
    }
    frameSize = rows * columns * channels
    self.output = output
  }

  /// Appends a frame: rows from the top, channels interleaved, 0 black and 255 white.
  public mutating func write(_ samples: Span<UInt8>) throws(BlitzError) {
    precondition(samples.count == frameSize, "a frame of another size")
    try encoder.write(samples)
  }

  /// Completes the file and puts it under its name.
  public consuming func commit() throws(BlitzError) {
    try encoder.finish()
    try output.commit()
  }
}

/// The encoder and container behind a movie.
///
/// Belongs to one thread at a time; the descriptor it writes to is kept open by its owner.
@safe private final class MovieEncoder {
  // Ours alone, and closed once, with this object.
  private let movie: OpaquePointer
  private let name: String

  init(_ descriptor: Int32, _ format: blz_movie_format, name: String) throws(BlitzError) {
    var format = format
    guard let movie = unsafe blz_movie_open(descriptor, &format) else {
      throw Self.failure(name)
    }
    unsafe self.movie = movie
    self.name = name
  }

  deinit { unsafe blz_movie_close(movie) }

  /// Encodes a frame of the size announced.
  func write(_ samples: Span<UInt8>) throws(BlitzError) {
    let isWritten = unsafe samples.withUnsafeBufferPointer {
      unsafe blz_movie_write(movie, $0.baseAddress) != 0
    }
    if !isWritten { throw Self.failure(name) }
  }

  func finish() throws(BlitzError) {
    guard unsafe blz_movie_finish(movie) != 0 else { throw Self.failure(name) }
  }

  private static func failure(_ name: String) -> BlitzError {
    BlitzError(
      .system, name, "cannot be written: \(CodecLibraries.message ?? "unknown reason")")
  }
}
