import BlitzCore
public import BlitzModel

/// What a profile pane shows: values along one row or column of the frame.
public struct ProfileInputs: Equatable, Sendable {
  /// Which way the profile runs; the raw value is the word in the title.
  public enum Line: String, Equatable, Sendable { case row, column }

  /// Which way it runs.
  public var line: Line
  /// The number of the row or column.
  public var index: Int
  /// Values by position along the line, from the frame's edge on; envelopes are series that are faint.
  public var series: [PlotSeries]
  /// Where the image lies: the profile is drawn beside the pixels it comes from.
  public var placement: Viewport.Placement
  /// The crosshair's position along the line.
  public var cursor: Int?
  /// What lines are drawn with.
  public var glyphs: PlotGlyphs

  /// A profile through a row or column.
  public init(
    _ line: Line, index: Int, series: [PlotSeries], placement: Viewport.Placement,
    cursor: Int? = nil, glyphs: PlotGlyphs = .braille
  ) {
    (self.line, self.index, self.series) = (line, index, series)
    (self.placement, self.cursor, self.glyphs) = (placement, cursor, glyphs)
  }

  /// Two dots for every pixel of the image, in either direction.
  var axis: PositionAxis? {
    switch line {
    case .row:
      PositionAxis(
        placement.x..<placement.x + placement.width, start: 2 * placement.column,
        dots: 2 * placement.columns)
    case .column:
      PositionAxis(
        placement.y..<placement.y + placement.height, start: 2 * placement.row,
        dots: 2 * placement.rows)
    }
  }
}

/// Draws the profile of a row under the image, or of a column beside it with values growing to the
/// right.
public struct ProfileView {
  private var plot = LinePlot()

  /// A view that has drawn nothing yet.
  public init() {}

  /// Draws within `area`, which a frame surrounds and which has the image pane's columns or rows.
  ///
  /// The title names the line and, where there is room, the values from edge to edge of the pane.
  public mutating func draw(_ inputs: ProfileInputs, area: CellArea, in grid: inout CellGrid) {
    guard !area.isEmpty else { return }
    plot.begin(area, inputs.axis, inputs.line == .row ? .rightwards : .downwards)
    for series in inputs.series { plot.gather(series) }
    let hasValues = plot.settleAxis()
    let title = "\(inputs.line.rawValue) \(inputs.index)"
    let range = "\(plot.values.low.text())..\(plot.values.high.text())"
    let hasRoom = title.utf8.count + range.utf8.count + 4 <= area.columns
    drawPaneTitle(
      PrintableText(hasValues && hasRoom ? "\(title)  \(range)" : title), above: area, in: &grid)
    guard hasValues else { return }
    plot.mark(value: 0, .grid, every: 4)
    if let cursor = inputs.cursor { plot.mark(position: cursor, .grid, every: 2) }
    for (number, series) in inputs.series.enumerated() { plot.draw(series, number: number) }
    plot.write(inputs.glyphs, to: &grid)
  }
}
