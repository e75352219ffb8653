import BlitzCore
import BlitzModel
import Testing

/// A state and the effects it asked for, driven by keys written one after the other.
struct ViewerScript {
  var state: ViewerState
  var effects: [Effect] = []

  /// A recording of gray frames, 40 columns by 30 rows, fully loaded unless said otherwise.
  init(
    frames: Int = 100, kept: FrameRange? = nil, isLoading: Bool = false,
    framesPerSecond: FrameRate? = nil, isStamped: Bool = false
  ) throws {
    let kept = try #require(kept ?? FrameRange(start: 0, end: frames))
    let shape = try #require(StackShape(frames: kept.count, rows: 30, columns: 40))
    state = ViewerState(
      recording: RecordingFacts(
        name: PrintableText("shot"), format: "png", sourceFrames: frames, framesExact: true,
        kept: kept, shape: shape, sampleType: .u16, residence: "in memory",
        planReason: PrintableText("fits"), skippedCount: 0,
        framesPerSecond: framesPerSecond, isStamped: isStamped))
    send(.canvas(Viewport.Canvas(columns: 80, rows: 40)))
    guard !isLoading else { return }
    var progress = LoadProgress(total: kept.count)
    progress.arrived = kept.count
    progress.isRunning = false
    send(.loading(progress))
    arrive()
  }

  /// Applies one message.
  mutating func send(_ message: Message) { effects += state.update(message) }

  /// Presses keys.
  mutating func press(_ keys: Key...) { for key in keys { send(.key(key)) } }

  /// Types characters as keys.
  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { send(.key(.character(scalar))) }
  }

  /// Types a line after a colon.
  mutating func command(_ line: String) {
    type(":" + line)
    press(Key(.enter))
  }

  /// The mouse does something on a target.
  mutating func mouse(
    _ kind: MouseEvent.Kind, _ target: PointerEvent.Target, _ button: MouseEvent.Button = .left
  ) {
    send(.pointer(PointerEvent(target, MouseEvent(button, kind, row: 0, column: 0))))
  }

  /// A drag over pixels of the image, from the first to the last.
  mutating func drag(_ points: (x: Int, y: Int)...) {
    for (index, point) in points.enumerated() {
      mouse(index == 0 ? .press : .drag, .image(PixelPoint(x: point.x, y: point.y)))
    }
    mouse(.release, .elsewhere)
  }

  /// A drag along the timeline.
  mutating func drag(
    _ part: PointerEvent.TimelinePart, _ positions: Int..., button: MouseEvent.Button = .left
  ) {
    for (index, position) in positions.enumerated() {
      mouse(index == 0 ? .press : .drag, .timeline(position, part), button)
    }
    mouse(.release, .elsewhere, button)
  }

  /// Answers the state's picture request.
  mutating func arrive(
    _ condition: FrameCondition = .complete, shortfall: ProjectionShortfall = .init(),
    probe: [Float] = [], levels: LevelWindow? = nil, seconds: Double? = nil
  ) {
    guard let request = state.pictureRequest else { return }
    send(
      .picture(
        PictureFacts(
          request: request, condition: condition, shortfall: shortfall, probe: probe,
          levels: levels, seconds: seconds)))
  }
}
