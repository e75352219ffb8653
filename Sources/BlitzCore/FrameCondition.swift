/// What is known of one frame of a stack.
public enum FrameCondition: UInt8, Sendable {
  /// Not decoded yet; its samples must not be read.
  case pending = 0
  /// Decoded in full.
  case complete = 1
  /// Its data is short or corrupt: every sample is NaN, statistics skip it, and it is counted.
  case damaged = 2
}
