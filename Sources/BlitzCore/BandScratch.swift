/// Memory one worker reuses from band to band; grows to the largest band and stays.
@safe public final class BandScratch {
  // Owned by this object alone and lent only for the length of a call; not Sendable, so one thread.
  private var samples = unsafe UnsafeMutableBufferPointer<Float>(start: nil, count: 0)

  /// Another scratch for a source that reads through a source, made at its first use.
  public private(set) lazy var inner = BandScratch()

  /// An empty scratch; it allocates at its first use.
  public init() {}

  deinit { unsafe samples.deallocate() }

  /// Lends `count` samples of unspecified content; nested calls on one scratch are a mistake.
  public func withSamples<R, E: Error>(
    _ count: Int, _ body: (inout MutableSpan<Float>) throws(E) -> R
  ) throws(E) -> R {
    if unsafe samples.count < count {
      unsafe samples.deallocate()
      unsafe samples = .allocate(capacity: count)
      unsafe samples.initialize(repeating: 0)
    }
    let part = unsafe UnsafeMutableBufferPointer(rebasing: samples[..<count])
    var span = unsafe part.mutableSpan
    return try body(&span)
  }
}
