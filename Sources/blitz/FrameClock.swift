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

  /// Nil where neither is known.
  func seconds(_ frame: Int) -> Double? {
    stamps.map { $0.seconds(atFrame: frame) } ?? rate?.seconds(atFrame: frame)
  }
}
