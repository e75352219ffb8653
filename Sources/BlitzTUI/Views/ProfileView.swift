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
  /// Values by position along the line as it runs on the screen, from the frame's left or upper edge
  /// there on; envelopes are series that are faint.
  public var series: [PlotSeries]
  /// Where the image lies: the profile is drawn beside the pixels it comes from.
  public var placement: Viewport.Placement
  /// The crosshair's position along the line, counted like the values.
  public var cursor: Int?
  /// Rows or columns that each value is the mean of.
  public var width = 1
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

  /// True when the line runs down the screen.
  var runsDown: Bool { placement.runsDown(line) }

  /// Two dots for every pixel of the image, one where two pixels share a cell's width.
  var axis: PositionAxis? {
    var shown =
      line == .row
      ? placement.x..<placement.x + placement.width : placement.y..<placement.y + placement.height
    if placement.isMirrored(line) {
      let length = series.last?.values.count ?? shown.upperBound
      shown = length - shown.upperBound..<length - shown.lowerBound
    }
    if runsDown {
      return PositionAxis(shown, start: 2 * placement.row, dots: 2 * placement.rows)
    }
    let perPixel = 2 / placement.cells.pixelColumns
    return PositionAxis(
      shown, start: perPixel * placement.column, dots: perPixel * placement.columns)
  }
}

extension Viewport.Placement {
  /// True when rows, or columns, of the source run down the screen.
  func runsDown(_ line: ProfileInputs.Line) -> Bool {
    (line == .column) != orientation.isTransposed
  }

  /// True when they run from the frame's far edge on.
  func isMirrored(_ line: ProfileInputs.Line) -> Bool {
    runsDown(line) ? orientation.mirrorsY : orientation.mirrorsX
  }
}

/// Draws the profile that runs to the right under the image, or the one that runs down beside it with
/// values growing to the right.
public struct ProfileView {
  private var plot = LinePlot()
  private var title = ""

  /// A view that has drawn nothing yet.
  public init() {}

  /// Draws within `area`, which a frame surrounds and which has the image pane's columns or rows.
  ///
  /// The title names the line and, where there is room, the values from edge to edge of the pane.
  public mutating func draw(_ inputs: ProfileInputs, area: CellArea, in grid: inout CellGrid) {
    guard !area.isEmpty else { return }
    plot.begin(area, inputs.axis, inputs.runsDown ? .downwards : .rightwards)
    for i in inputs.series.indices { plot.gather(inputs.series[i]) }
    let hasValues = plot.settleAxis()
    writeTitle(inputs, hasValues: hasValues, columns: area.columns)
    drawPaneTitle(PrintableText(title), above: area, in: &grid)
    guard hasValues else { return }
    plot.mark(value: 0, .grid, every: 4)
    if let cursor = inputs.cursor { plot.mark(position: cursor, .grid, every: 2) }
    for i in inputs.series.indices { plot.draw(inputs.series[i], number: i) }
    plot.write(inputs.glyphs, to: &grid)
  }

  /// The line and, where there is room, the values' range; into text that keeps its memory.
  private mutating func writeTitle(_ inputs: ProfileInputs, hasValues: Bool, columns: Int) {
    title.removeAll(keepingCapacity: true)
    // So that a number with one more digit takes no more memory.
    title.reserveCapacity(64)
    title += inputs.line.rawValue
    title += " "
    title += inputs.index.description
    if inputs.width > 1 {
      title += " "
      title += inputs.width.description
      title += " wide"
    }
    guard hasValues else { return }
    let length = title.utf8.count
    title += "  "
    title += plot.values.low.text()
    title += ".."
    title += plot.values.high.text()
    if title.utf8.count + 2 > columns { title.removeLast(title.utf8.count - length) }
  }
}
