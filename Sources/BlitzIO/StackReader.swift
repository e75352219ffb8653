public import BlitzCore

/// What a recording's headers say, before anything is decoded.
public struct StackDescription: Equatable, Sendable {
  /// Name of the format as in `blitz info`: png, jpeg, tiff, npy, video, ...
  public var format: String
  /// Extents as stored: all source frames, uncropped, with the stored channels.
  public var shape: StackShape
  /// How one sample is stored.
  public var sampleType: SampleType
  /// False while the number of frames is a header's claim that may be wrong.
  public var framesExact: Bool
  /// The recording's own rate, when it has one.
  public var framesPerSecond: FrameRate?
  /// What a person should know of how the recording was read: axes chosen, bytes ignored.
  public var notes: [PrintableText] = []

  /// A description of a recording whose number of frames is certain.
  public init(
    format: String, shape: StackShape, sampleType: SampleType, framesExact: Bool = true,
    framesPerSecond: FrameRate? = nil
  ) {
    (self.format, self.shape, self.sampleType) = (format, shape, sampleType)
    (self.framesExact, self.framesPerSecond) = (framesExact, framesPerSecond)
  }
}

/// An opened recording that decodes one frame at a time; safe to call from several threads.
public protocol StackReader: Sendable {
  /// What its headers say.
  var description: StackDescription { get }

  /// Decodes one source frame as stored.
  ///
  /// - Parameters:
  ///   - index: Source frame, from 0.
  ///   - color: False lets the decoder deliver one gray channel where its data has one (JPEG luma);
  ///     a reader that cannot delivers all channels and the loader makes them gray.
  ///   - frame: The calling worker's own; its memory is reused.
  /// - Returns: `damaged` when the image data is short or corrupt.
  /// - Throws: When there is no such frame to read (the file vanished, is no regular file).
  func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
    -> FrameCondition
}
