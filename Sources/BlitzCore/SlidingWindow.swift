/// Which frames a moving mean takes, frame by frame.
public struct SlidingWindow: Equatable, Hashable, Sendable {
  /// How the window lies to the frame that it belongs to.
  public enum Kind: Equatable, Hashable, Sendable {
    /// From the frame itself forward; the first `lag + 1` frames have none, nor have those too near the
    /// end: N = T - (lag + W) frames keep theirs.
    case slide(lag: Int)
    /// The frame and those before it, as many as there are.
    case trail
    /// Around the frame, clipped at both ends.
    case center
  }

  /// How it lies to its frame.
  public let kind: Kind
  /// Frames of a full window, W.
  public let length: Int

  /// Nil unless `length` is in 1...2^24 and a lag in 0...2^24.
  public init?(_ kind: Kind, length: Int) {
    guard 1...1 << 24 ~= length else { return nil }
    if case .slide(let lag) = kind, !(0...1 << 24 ~= lag) { return nil }
    (self.kind, self.length) = (kind, length)
  }

  /// The frames of a stack of `frames` that make up the window of one frame; empty where it has none.
  ///
  /// Bounds never decrease from one frame to the next.
  public func frames(of frame: Int, in frames: Int) -> Range<Int> {
    switch kind {
    case .slide(let lag):
      return frame > lag && frame + length <= frames ? frame..<frame + length : frame..<frame
    case .trail: return max(frame - length + 1, 0)..<frame + 1
    case .center:
      return max(frame - (length - 1) / 2, 0)..<min(frame + length / 2 + 1, frames)
    }
  }

  /// The frames that have a window; empty when the stack is shorter than it.
  public func framesWithWindow(in frames: Int) -> Range<Int> {
    guard case .slide(let lag) = kind else { return 0..<frames }
    return lag + 1..<max(lag + 1, frames - length + 1)
  }
}
