public import BlitzModel

/// Which part of the screen each view has, for a size in cells.
///
/// Image, timeline and status stay down to 20 columns by 6 rows; below that nothing is laid out.
/// Panes that the screen has no room for fold away: the histogram first, the trace last. Areas of
/// folded panes are empty; those of shown ones have a frame around them, shared between neighbours.
public struct ScreenLayout: Equatable, Sendable {
  /// The smallest screen that holds a viewer.
  public static let smallest = (rows: 6, columns: 20)

  /// One row at the top.
  public let title: CellArea
  /// What is left for the frame.
  public let image: CellArea
  /// One row above the status.
  public let timeline: CellArea
  /// The last row; the prompt takes its place.
  public let status: CellArea

  /// The panes that are shown.
  public let panes: PaneSet
  /// Traces over the stack, below the image and as wide as the screen.
  public let trace: CellArea
  /// The row through the crosshair: as wide as the image, under it.
  public let rowProfile: CellArea
  /// The column through the crosshair: as high as the image, to its right.
  public let columnProfile: CellArea
  /// The colours and their values, at the right within the image's frame.
  public let colorBar: CellArea
  /// The histogram, to the right of what the image and the row profile leave.
  public let histogram: CellArea

  /// Nil when the screen is too small; `panes` are those that have something to show.
  public init?(rows: Int, columns: Int, panes wanted: PaneSet = []) {
    guard rows >= Self.smallest.rows, columns >= Self.smallest.columns else { return nil }
    func row(_ index: Int) -> CellArea {
      CellArea(row: index, column: 0, rows: 1, columns: columns)
    }
    title = row(0)
    let body = CellArea(row: 1, column: 0, rows: rows - 3, columns: columns)
    var (shown, arrangement) = PaneArrangement.fitting(wanted.subtracting(.colorBar), in: body)
    colorBar = wanted.contains(.colorBar) ? arrangement.cutColorBar() : .empty
    if !colorBar.isEmpty { shown.insert(.colorBar) }
    panes = shown
    image = arrangement.image
    trace = arrangement.trace
    rowProfile = arrangement.rowProfile
    columnProfile = arrangement.columnProfile
    histogram = arrangement.histogram
    timeline = row(rows - 2)
    status = row(rows - 1)
  }

  /// The image pane's pixels; `cellAspect` is the height of a cell over its width.
  public func canvas(cellAspect: Double, cells: CellShape = .half) -> Viewport.Canvas {
    Viewport.Canvas(
      columns: image.columns * cells.pixelColumns, rows: image.rows * 2,
      pixelAspect: cellAspect / 2 * Double(cells.pixelColumns), cells: cells)
  }

  /// What a mouse report points at; drags stay with what they began on.
  public func target(of event: MouseEvent, in state: ViewerState) -> PointerEvent.Target {
    let (row, column) = (event.row, event.column)
    let held = event.kind == .press ? nil : state.heldPlace
    if held == .timeline || held == nil && timeline.contains(row: row, column: column) {
      return timelineTarget(column, state)
    }
    if held == .trace || held == nil && trace.contains(row: row, column: column) {
      return traceTarget(column, state, clamps: held != nil)
    }
    if state.holdsLevel || held == nil && histogram.contains(row: row, column: column),
      let window = state.picture?.extent
    {
      return .histogram(HistogramView.value(atColumn: column, of: window, area: histogram))
    }
    if held == .image || image.contains(row: row, column: column) {
      return imageTarget(row, column, state, clamps: held != nil)
    }
    return .elsewhere
  }

  private func timelineTarget(_ column: Int, _ state: ViewerState) -> PointerEvent.Target {
    let axis = TimelineAxis(state.timeWindow.positions, columns: timeline.columns)
    return .timeline(axis.position(at: column), axis.part(at: column, of: state))
  }

  private func traceTarget(
    _ column: Int, _ state: ViewerState, clamps: Bool
  ) -> PointerEvent.Target {
    guard let axis = TraceView.axis(state.timeWindow.positions, area: trace) else {
      return .elsewhere
    }
    let dot = 2 * (column - trace.column)
    guard clamps || axis.start..<axis.start + axis.dots ~= dot else { return .elsewhere }
    return .trace(axis.position(at: dot))
  }

  private func imageTarget(
    _ row: Int, _ column: Int, _ state: ViewerState, clamps: Bool
  ) -> PointerEvent.Target {
    guard let placement = state.placement else { return .elsewhere }
    var (column, row) = ((column - image.column) * state.cells.pixelColumns, (row - image.row) * 2)
    if clamps {
      column = min(max(column, placement.column), placement.column + placement.columns - 1)
      row = min(max(row, placement.row), placement.row + placement.rows - 1)
    }
    return placement.source(column: column, row: row).map { .image(PixelPoint(x: $0.x, y: $0.y)) }
      ?? .elsewhere
  }
}
