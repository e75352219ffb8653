import BlitzCore
import BlitzModel
import BlitzTUI
import Testing

/// States and pictures that view tests draw, and their screens as text.
struct ViewSamples {
  var state: ViewerState
  var picture = Picture()
  var stack: SampleStore

  /// 100 frames of 8 columns by 6 rows; frame f holds f everywhere, plus 10 x column.
  init(
    frames: Int = 100, arrived: Int? = nil, rows: Int, columns: Int, name: String = "shot_0413",
    channels: Int = 1
  ) throws {
    let shape = try #require(
      StackShape(frames: frames, rows: 6, columns: 8, channels: channels))
    stack = try SampleStore(shape: shape)
    for frame in 0..<(arrived ?? frames) {
      stack.fill(frame: frame) { samples in
        for i in samples.indices { samples[i] = Float(frame + 10 * (i % 8)) }
        return .complete
      }
    }
    state = ViewerState(
      recording: RecordingFacts(
        name: PrintableText(name), format: "png", sourceFrames: frames, framesExact: true,
        kept: try #require(FrameRange(start: 0, end: frames)), shape: shape, sampleType: .u16,
        residence: "18.8 KiB in memory", planReason: PrintableText("fits in memory"),
        skippedCount: 0, framesPerSecond: FrameRate(20000)))
    if let layout = ScreenLayout(rows: rows, columns: columns) {
      send(.canvas(layout.canvas(cellAspect: 2)))
    }
    var progress = LoadProgress(total: frames)
    progress.arrived = arrived ?? frames
    progress.isRunning = arrived != nil
    progress.bytesPerSecond = 1.5 * 1024 * 1024 * 1024
    send(.loading(progress))
    show()
  }

  mutating func send(_ message: Message) { _ = state.update(message) }

  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { send(.key(.character(scalar))) }
    show()
  }

  /// Types a line after a colon.
  mutating func command(_ line: String) {
    type(":" + line)
    send(.key(Key(.enter)))
    show()
  }

  /// Presses and releases the left button on a cell.
  mutating func click(row: Int, column: Int, in size: (rows: Int, columns: Int)) {
    for kind in [MouseEvent.Kind.press, .release] {
      let event = MouseEvent(.left, kind, row: row, column: column)
      let layout = ScreenLayout(rows: size.rows, columns: size.columns, panes: state.wantedPanes)
      send(.pointer(PointerEvent(layout?.target(of: event, in: state) ?? .elsewhere, event)))
    }
    show()
  }

  /// Does the worker's part: the nearest source pixel for every screen pixel.
  mutating func show() {
    guard let request = state.pictureRequest else { return }
    let place = request.placement
    var probe: [Float] = []
    guard case .frame(let position) = request.plane else { return }
    if let point = request.probe { probe = [Float(position + 10 * point.x)] }
    let condition = stack.condition(of: position)
    if condition != .pending {
      picture.request = request
      picture.samples = (0..<place.rows * place.columns).map { pixel in
        Float(position + 10 * (pixel % place.columns * 8 / place.columns))
      }
    }
    let levels = request.fit.map { _ in LevelWindow(darkest: 0, brightest: 255) } ?? nil
    send(
      .picture(
        PictureFacts(request: request, condition: condition, probe: probe, levels: levels)))
  }

  /// The grid that the screen view draws.
  func grid(
    rows: Int, columns: Int, isExact: Bool = true, depth: ColorDepth = .rgb
  ) -> CellGrid {
    var grid = CellGrid(rows: rows, columns: columns)
    var view = ScreenView()
    view.draw(inputs(isExact: isExact, depth: depth), in: &grid)
    return grid
  }

  func inputs(isExact: Bool = true, depth: ColorDepth = .rgb) -> ScreenInputs {
    ScreenInputs(
      state: state, picture: picture, stack: stack, isExact: isExact,
      meter: [PrintableText("12 frames/s")], depth: depth)
  }
}

extension CellGrid {
  /// The screen as lines: text as it is, image cells as `#`, all else spaces.
  var lines: [String] {
    (0..<rows).map { row in
      var line = ""
      for column in 0..<columns {
        let cell = self[row, column]
        let isImage =
          [image, colorBar, colorStrip].contains { $0.area.contains(row: row, column: column) }
          && !isWritten(row: row, column: column)
        line.unicodeScalars.append(isImage ? "#" : cell.scalar)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
