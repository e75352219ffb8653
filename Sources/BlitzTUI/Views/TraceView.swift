import BlitzCore

/// Draws statistics of regions over the stack.
///
/// Title and legend stand in the frame's top line, the frames shown, the range and the peak in its
/// bottom line; parts that are not computed yet are missing from the lines.
public struct TraceView {
  private var plot = LinePlot()
  private var frame = TraceFrame()
  private var ticks = KeptValue<TickKey, [ValueAxis.Tick]>()

  /// What the labels of values depend on.
  private struct TickKey: Equatable {
    let values: ValueAxis
    let count, width: Int
  }

  /// A view that has drawn nothing yet.
  public init() {}

  /// The positions across a trace pane, in dots, two for each column from the pane's first on; nil
  /// when it shows nothing. `position(at: 2 * (column - area.column))` is what a click means.
  public static func axis(_ visible: Range<Int>, area: CellArea) -> PositionAxis? {
    let plot = plotArea(area)
    return PositionAxis(
      visible, start: 2 * (plot.column - area.column), dots: 2 * plot.columns)
  }

  /// Draws within `area`, which a frame surrounds.
  ///
  /// - Complexity: O(positions shown) for each series; no allocation for lines once the area is known.
  public mutating func draw(_ inputs: TracePaneInputs, area: CellArea, in grid: inout CellGrid) {
    guard !area.isEmpty else { return }
    frame.drawTitle(inputs, area, in: &grid)
    let plotArea = Self.plotArea(area)
    let axis = PositionAxis(inputs.visible, dots: 2 * plotArea.columns)
    plot.begin(plotArea, axis, .rightwards)
    for i in inputs.series.indices { plot.gather(inputs.series[i]) }
    drawFootLine(inputs, area, &grid)
    guard plot.settleAxis() else { return }
    drawValues(area, plotArea, &grid)
    drawMarks(inputs)
    for i in inputs.series.indices { plot.draw(inputs.series[i], number: i) }
    plot.write(inputs.glyphs, to: &grid)
    drawNames(inputs, area, &grid)
  }

  private static let gutter = 8

  /// What the lines have: values' labels on the left and names on the right are left out first.
  private static func plotArea(_ area: CellArea) -> CellArea {
    let left = area.columns >= 3 * gutter ? gutter : 0
    let right = area.columns >= 3 * gutter ? 1 : 0
    return CellArea(
      row: area.row, column: area.column + left, rows: area.rows,
      columns: area.columns - left - right)
  }

  /// Labels for round values, each on its row.
  private mutating func drawValues(_ area: CellArea, _ plotArea: CellArea, _ grid: inout CellGrid) {
    let width = plotArea.column - area.column - 1
    guard width > 0 else { return }
    let key = TickKey(values: plot.values, count: max(area.rows / 2, 1), width: width)
    let ticks = ticks.value(of: key) { $0.values.ticks(atMost: $0.count, width: $0.width) }
    for i in ticks.indices {
      let tick = ticks[i]
      let row = area.row + (plot.canvas.height - 1 - tick.dot) / 4
      let column = area.column + width - tick.label.utf8.count
      grid.write(PrintableText(tick.label), row: row, column: column, style: .dim)
      grid[row, area.column + width] = Cell("┤", .dim)
    }
  }

  private mutating func drawMarks(_ inputs: TracePaneInputs) {
    if inputs.hasZeroLine { plot.mark(value: 0, .grid, every: 4) }
    if let range = inputs.range {
      plot.mark(position: range.lowerBound, .grid, every: 2)
      plot.mark(position: range.upperBound - 1, .grid, every: 2)
    }
    for mark in inputs.marks { plot.mark(position: mark.position, .grid, every: 3) }
    plot.mark(position: inputs.position, PlotInk(0))
  }

  /// The first letter of each name at the end of its line, so that no colour is needed to tell.
  private func drawNames(_ inputs: TracePaneInputs, _ area: CellArea, _ grid: inout CellGrid) {
    guard Self.plotArea(area).columns < area.columns else { return }
    let column = area.column + area.columns - 1
    for i in inputs.series.indices {
      guard let end = plot.end(ofSeries: i), let letter = inputs.series[i].letter
      else { continue }
      let wanted = area.row + (plot.canvas.height - 1 - plot.values.dot(of: end)) / 4
      var free: Int?
      for row in area.row..<area.row + area.rows
      where !grid.isWritten(row: row, column: column)
        && abs(row - wanted) < abs((free ?? .max / 2) - wanted)
      {
        free = row
      }
      guard let free else { return }
      grid[free, column] = Cell(letter, TextStyle(foreground: inputs.series[i].color))
    }
  }

  private mutating func drawFootLine(
    _ inputs: TracePaneInputs, _ area: CellArea, _ grid: inout CellGrid
  ) {
    let number = inputs.selected
    let peak =
      inputs.series.indices ~= number ? plot.peak(of: inputs.series[number], number: number) : nil
    frame.drawFoot(inputs, area, peak: peak, in: &grid)
  }
}
