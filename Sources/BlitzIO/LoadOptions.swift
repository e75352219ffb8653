public import BlitzCore

/// What part of a recording to load and how to bring it to samples; the same for every command.
///
/// Applied in this order: range, decode, gray, crop, size, eight-bit, normalize.
public struct LoadOptions: Equatable, Sendable {
  /// What to do with images whose size is not the majority's.
  public enum MixedSizes: String, CaseIterable, Sendable {
    /// Leave them out and list them.
    case skip
    /// Cut every image to the smallest common size, from the top left corner.
    case crop
    /// Refuse the folder.
    case error
  }

  /// What to do when the stack as Float32 exceeds the memory limit.
  public enum OnExceed: String, CaseIterable, Sendable {
    case auto, compact, map, cache, step, error
  }

  /// How limited-range video luma becomes samples.
  public enum Luma: String, CaseIterable, Sendable {
    case expand, raw
  }

  /// A rectangle of source pixels, top left corner first; clipped to the frame.
  public struct Crop: Equatable, Sendable {
    /// Corner and extents in pixels; extents are at least 1.
    public let x, y, width, height: Int

    /// Nil unless the corner is not negative and the extents are positive.
    public init?(x: Int, y: Int, width: Int, height: Int) {
      guard x >= 0, y >= 0, width > 0, height > 0 else { return nil }
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    /// Reads `x,y,w,h`; nil for anything else and for what the other initializer refuses.
    public init?(parsing text: String) {
      let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
        let height = numbers[3]
      else { return nil }
      self.init(x: x, y: y, width: width, height: height)
    }
  }

  /// Source frames to load.
  public var range = FrameSlice.all
  /// Part of each frame to keep; nil keeps all.
  public var crop: Crop?
  /// Scale of the frame's edges, area averaged; `0 < size <= 1`.
  public var size = 1.0
  /// Keep three channels instead of gray.
  public var color = false
  /// How limited-range luma is read.
  public var luma = Luma.expand
  /// Scale samples to 0...255, truncated, as BLITZ does.
  public var eightBit = false
  /// Scale every frame to its own 0...1.
  public var normalize = false
  /// What to do with images of another size.
  public var mixed = MixedSizes.skip
  /// A limit in bytes on top of what the machine allows.
  public var maxRAM: Int?
  /// What to do when the stack does not fit.
  public var onExceed = OnExceed.auto
  /// Loader and kernel threads; nil lets the machine decide.
  public var threads: Int?
  /// Frames per second as a fraction, when the person states it.
  public var framesPerSecond: FrameRate?
  /// Do not read a decode-once cache.
  public var ignoresCache = false

  /// Everything, as stored.
  public init() {}
}
