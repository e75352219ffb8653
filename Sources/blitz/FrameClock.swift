import BlitzCore
import BlitzIO

/// When a frame was taken, in seconds after the first.
struct FrameClock {
  /// What the times are taken from.
  enum Origin: String, CaseIterable { case pts, index }

  private let stamps: VideoReader?
  private let rate: FrameRate?

  /// - Parameter origin: The recording's own stamps, or number and rate; nil takes stamps where there
  ///   are any and no rate is given.
  init(_ stack: OpenedStack, _ options: LoadOptions, origin: Origin? = nil) {
    let takesStamps = origin == .pts || origin == nil && options.framesPerSecond == nil
    stamps = takesStamps ? stack.recording.verified().reader as? VideoReader : nil
    rate = origin == .pts || stamps != nil ? nil : stack.rate
  }

  /// A clock for a recording on the screen: it never reads on in the file to tell a time.
  init(viewing recording: Recording, _ options: LoadOptions) {
    stamps = options.framesPerSecond == nil ? recording.reader as? VideoReader : nil
    rate = stamps == nil ? options.framesPerSecond ?? recording.description.framesPerSecond : nil
  }

  /// True when times are the recording's own.
  var isStamped: Bool { stamps != nil }

  /// The stamp of a frame if it is known without reading on.
  func knownStamp(_ frame: Int) -> Double? { stamps?.knownSeconds(atFrame: frame) }

  /// The stamps of the first frames, as far as they are known without reading on.
  func knownStamps() -> [Double] { stamps?.knownTimes() ?? [] }

  /// Nil where neither is known.
  func seconds(_ frame: Int) -> Double? {
    stamps.map { $0.seconds(atFrame: frame) } ?? rate?.seconds(atFrame: frame)
  }
}
