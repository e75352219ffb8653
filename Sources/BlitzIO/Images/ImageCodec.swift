import BlitzCore

/// What the header of an image file says of the samples its decoder delivers.
struct ImageHeader: Equatable, Sendable {
  let rows, columns, channels: Int
  let type: SampleType
  /// The decoder has a gray channel of its own where gray is wanted.
  var hasLuma = false
  /// Images in the file; the first one is the frame.
  var images = 1
}

/// How a frame is wanted; a decoder may deliver more than `color` asks for.
struct DecodeRequest: Equatable, Sendable {
  /// False lets the decoder deliver its own gray channel alone.
  var color = false
  /// 1, 2, 4 or 8: an image whose edges it divides may be decoded at that fraction of its size.
  var reduction = 1
}

/// Why a file's content gives no image; the caller knows the file.
struct ImageProblem: Error, Equatable {
  let kind: BlitzError.Kind
  let reason: String
  var hint: String?

  /// The same, about a file.
  func error(_ path: FilePath) -> BlitzError {
    BlitzError(kind, path.description, reason, hint: hint)
  }
}

/// One image format that is decoded from memory: two functions without state.
struct ImageCodec: Sendable {
  /// Pixels beyond which a frame is refused before memory is asked for.
  static let pixelLimit = 1 << 30

  /// Reads the header; may fail with `damagedInput` when `bytes` are only the start of a file.
  let header: @Sendable (_ bytes: Span<UInt8>) throws(ImageProblem) -> ImageHeader

  /// Decodes a whole file into the worker's frame and tells in its report how that went.
  let decode: @Sendable (_ bytes: Span<UInt8>, DecodeRequest, DecodedFrame) -> FrameCondition
}
