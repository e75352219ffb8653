import BlitzCore
import BlitzKernels
import BlitzModel
import BlitzTUI
import Testing

extension ViewSamples {
  /// A viewer with every pane open that the screen has room for: two regions traced, profiles through
  /// the crosshair within an envelope, the histogram and the colour bar.
  static func everythingOpen(rows: Int, columns: Int) throws -> ViewSamples {
    var samples = try ViewSamples(rows: rows, columns: columns)
    samples.type("TcH$")
    samples.send(.key(Key(.enter)))
    samples.command("roi rect:1,1,3,3")
    samples.command("roi glow=ellipse:4,2,3,3")
    samples.command("envelope image")
    let layout = ScreenLayout(rows: rows, columns: columns, panes: samples.state.wantedPanes)
    samples.send(.panes(layout?.panes ?? []))
    if let layout { samples.send(.canvas(layout.canvas(cellAspect: 2))) }
    samples.send(.traces(samples.board))
    samples.show()
    samples.measure()
    return samples
  }

  /// Traces that rise and fall, the second one not measured to its end.
  private var board: TraceBoard {
    var traces = state.regions.entries.map { Trace(of: $0.region, frames: 100) }
    for index in traces.indices {
      for frame in 0..<(index == 0 ? 100 : 60) {
        var statistics = RegionStatistics()
        statistics.mean = Double(frame * (100 - frame)) / 10 + Double(50 * index)
        (statistics.min, statistics.max) = (statistics.mean - 20, statistics.mean + 30)
        traces[index].set(statistics, frame: frame)
      }
    }
    return TraceBoard(traces: traces, revision: 1)
  }

  /// Does the worker's part for the panes beside the image; keeps their memory.
  mutating func measure() {
    guard let request = state.pictureRequest else { return }
    let shape = stack.shape
    let frame = (0..<shape.frameSize).map { Float(state.playback.position + 10 * ($0 % 8)) }
    if let point = request.profiles {
      var row = Profile(.row(point.y), width: 3, in: shape)
      var column = Profile(.column(point.x), width: 1, in: shape)
      row?.measure(frame.span)
      column?.measure(frame.span)
      (picture.rowProfile, picture.columnProfile) = (row, column)
      var envelope = FrameEnvelope()
      envelope.measure(frame.span, of: shape)
      picture.envelope = envelope
    }
    if request.hasHistogram, let window = LevelWindow(darkest: 0, brightest: 200) {
      var histogram = Histogram(bins: 64, over: window)
      histogram?.add(frame.span)
      picture.histogram = histogram
    }
  }
}
