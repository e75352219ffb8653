public import BlitzCore

/// Stacks for tests, filled from a list of samples.
public enum TestStack {
  /// A store holding `samples`, all frames of it in order; frames listed in `damaged` are so, those in
  /// `pending` are left unpublished.
  public static func store(
    frames: Int, rows: Int, columns: Int, channels: Int = 1, samples: [Float],
    damaged: Set<Int> = [], pending: Set<Int> = []
  ) throws -> SampleStore {
    guard
      let shape = StackShape(frames: frames, rows: rows, columns: columns, channels: channels),
      shape.sampleCount == samples.count
    else { throw BlitzError(.usage, "test stack", "extents and samples do not fit") }
    let store = try SampleStore(shape: shape)
    for frame in 0..<frames where !pending.contains(frame) {
      publish(frame, of: samples, in: store, isDamaged: damaged.contains(frame))
    }
    return store
  }

  /// Publishes one frame of a stack's samples.
  public static func publish(
    _ frame: Int, of samples: [Float], in store: SampleStore, isDamaged: Bool = false
  ) {
    store.fill(frame: frame) { target in
      for i in target.indices { target[i] = samples[frame * store.shape.frameSize + i] }
      return isDamaged ? .damaged : .complete
    }
  }
}
