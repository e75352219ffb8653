import BlitzCore
import BlitzModel

/// A viewer without screen, files or workers: only its state, which anything may be sent to.
struct FuzzedViewer {
  private var state: ViewerState

  /// A recording of 100 frames, 40 columns by 30 rows, still loading.
  init() {
    guard let shape = StackShape(frames: 100, rows: 30, columns: 40),
      let kept = FrameRange(start: 0, end: 100)
    else { preconditionFailure("extents within every limit") }
    state = ViewerState(
      recording: RecordingFacts(
        name: PrintableText("shot"), format: "png", sourceFrames: 100, framesExact: true,
        kept: kept, shape: shape, sampleType: .u16, residence: "in memory",
        planReason: PrintableText("fits"), skippedCount: 0, framesPerSecond: nil))
    _ = state.update(.canvas(Viewport.Canvas(columns: 80, rows: 40)))
  }

  /// Applies a message; what the state then asks of others must make sense.
  mutating func send(_ message: Message) throws {
    _ = state.update(message)
    let shape = state.recording.shape
    try require(0..<shape.frames ~= state.playback.position, "frame \(state.playback.position)")
    if let range = state.range {
      try require(0 <= range.start && range.end <= shape.frames, "range \(range.text)")
    }
    if let point = state.crosshair {
      try require(
        0..<shape.columns ~= point.x && 0..<shape.rows ~= point.y, "crosshair at \(point)")
    }
    _ = state.pictureRequest
  }
}
