public import BlitzCore
public import BlitzModel

/// All that views may look at; they change nothing.
public struct ScreenInputs {
  /// The state.
  public let state: ViewerState
  /// The frame at screen size; may still be that of an earlier state.
  public let picture: Picture
  /// Which frames have arrived.
  public let stack: any SampleSource
  /// False while the terminal shows an approximation of the image.
  public let isExact: Bool
  /// Lines of the meter sheet; none while it is closed.
  public let meter: [PrintableText]
  /// What the terminal can show.
  public let depth: ColorDepth

  /// The inputs of one draw.
  public init(
    state: ViewerState, picture: Picture, stack: any SampleSource, isExact: Bool,
    meter: [PrintableText], depth: ColorDepth = .rgb
  ) {
    (self.state, self.picture, self.stack) = (state, picture, stack)
    (self.isExact, self.meter, self.depth) = (isExact, meter, depth)
  }
}

/// Draws the whole screen into a grid of the terminal's size.
public struct ScreenView {
  private var image = ImageView()
  private var overlay = RegionOverlay()
  private var marks = KeptValue<MarkKey, [RegionMark]>()
  private var trace = TracePane()
  private var side = SidePanes()
  private var title = TitleView()
  private var status = StatusView()
  private var windowTitle = PrintableText("")
  private var windowName: PrintableText?
  private var colorBar = ColorBarView()

  /// What regions are drawn, and which of them is selected.
  private struct MarkKey: Equatable {
    let entries: [RegionList.Entry]
    let selected: Int?
  }

  /// A screen that has drawn nothing yet.
  public init() {}

  /// Draws every view; the grid is cleared first and keeps its memory.
  public mutating func draw(_ inputs: ScreenInputs, in grid: inout CellGrid) {
    grid.clear()
    if windowName != inputs.state.recording.name {
      windowName = inputs.state.recording.name
      windowTitle = PrintableText("blitz \(inputs.state.recording.name)")
    }
    grid.title = windowTitle
    guard
      let layout = ScreenLayout(
        rows: grid.rows, columns: grid.columns, panes: inputs.state.wantedPanes)
    else {
      grid.image.place(.empty)
      grid.colorBar.place(.empty)
      grid.colorStrip.place(.empty)
      grid.write(
        PrintableText("terminal too small"), row: grid.rows / 2, column: 0, width: grid.columns)
      return
    }
    image.draw(inputs, area: layout.image, in: &grid)
    drawRegions(inputs, in: &grid)
    drawPaneFrames(layout, in: &grid)
    colorBar.draw(inputs, area: layout.colorBar, in: &grid)
    side.draw(inputs, layout: layout, in: &grid)
    trace.draw(inputs.state, area: layout.trace, in: &grid)
    title.draw(inputs.state, area: layout.title, in: &grid)
    drawTimeline(inputs, area: layout.timeline, in: &grid)
    drawStatus(inputs, area: layout.status, in: &grid)
    drawSheet(inputs, area: layout.image, in: &grid)
  }

  /// Draws the status line alone anew, over a grid that was drawn from the same inputs but for `isExact`.
  public mutating func redrawStatus(_ inputs: ScreenInputs, in grid: inout CellGrid) {
    guard
      let layout = ScreenLayout(
        rows: grid.rows, columns: grid.columns, panes: inputs.state.wantedPanes)
    else { return }
    grid.clear(row: layout.status.row)
    drawStatus(inputs, area: layout.status, in: &grid)
  }

  private mutating func drawStatus(
    _ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid
  ) {
    if let prompt = inputs.state.prompt {
      drawPrompt(prompt, area: area, in: &grid)
    } else {
      status.draw(inputs, area: area, in: &grid)
    }
  }

  /// Outlines every visible region over the image that is on the screen.
  private mutating func drawRegions(_ inputs: ScreenInputs, in grid: inout CellGrid) {
    guard let placement = inputs.picture.request?.placement else { return }
    let state = inputs.state
    let entries = state.visibleRegions
    guard !entries.isEmpty else { return }
    let selected = state.draftsNewRegion ? entries.count - 1 : state.regions.selection
    let marks = marks.value(of: MarkKey(entries: entries, selected: selected)) { key in
      key.entries.enumerated().map { index, entry in
        RegionMark(
          region: entry.region, color: RegionColor.index(entry.color),
          isSelected: index == key.selected)
      }
    }
    overlay.draw(
      marks, placement: placement, rows: state.recording.shape.rows,
      columns: state.recording.shape.columns, depth: inputs.depth, in: &grid)
  }
}
