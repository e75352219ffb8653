public import BlitzCore
import BlitzKernels
public import BlitzModel
import Glibc

/// What the histogram pane shows.
public struct HistogramInputs: Equatable, Sendable {
  /// How the frame's samples are distributed; its window is the pane's axis.
  public var histogram: Histogram
  /// The levels in force.
  public var levels: LevelWindow
  /// How values between them are spread over the colours.
  public var transfer: Display.Transfer
  /// The 256 colours from darkest to brightest, `0xRRGGBB`.
  public var colors: [UInt32]
  /// What the terminal can show.
  public var depth: ColorDepth

  /// A histogram under a colour map.
  public init(
    histogram: Histogram, levels: LevelWindow, transfer: Display.Transfer = .linear,
    colors: [UInt32], depth: ColorDepth = .rgb
  ) {
    (self.histogram, self.levels, self.transfer) = (histogram, levels, transfer)
    (self.colors, self.depth) = (colors, depth)
  }
}

/// Draws counts on a logarithmic scale with the levels, and under them the colours that values have.
public struct HistogramView {
  /// Rows below which the bars have the pane for themselves.
  static let leastRowsWithColors = 4

  private var canvas = BrailleCanvas()
  private var scale = ColorScale()
  private var title = ""

  /// A view that has drawn nothing yet.
  public init() {}

  /// The value in the middle of a column of the pane; columns outside give values outside.
  public static func value(atColumn column: Int, of window: LevelWindow, area: CellArea) -> Double {
    window.value(at: (Double(column - area.column) + 0.5) / Double(max(area.columns, 1)))
  }

  /// Draws within `area`, which a frame surrounds; the last two rows are the colour bar and its ends.
  ///
  /// Bars between the levels are plain, others faint; a bin that is not empty has at least a dot.
  public mutating func draw(_ inputs: HistogramInputs, area: CellArea, in grid: inout CellGrid) {
    guard !area.isEmpty else { return }
    writeTitle(inputs.levels, columns: area.columns)
    drawPaneTitle(PrintableText(title), above: area, in: &grid)
    let hasBar = area.rows >= Self.leastRowsWithColors
    canvas.begin(
      CellArea(
        row: area.row, column: area.column, rows: hasBar ? area.rows - 2 : area.rows,
        columns: area.columns))
    drawBars(inputs)
    drawLevels(inputs)
    canvas.write(PlotGlyphs(inputs.depth), to: &grid)
    guard hasBar else { return }
    let strip = CellArea(
      row: area.row + area.rows - 2, column: area.column, rows: 1, columns: area.columns)
    drawColors(inputs, strip, &grid)
    drawEnds(inputs.histogram.window, row: area.row + area.rows - 1, area, &grid)
  }

  /// That bars grow with the logarithm of counts, and the levels where there is room; into text that
  /// keeps its memory.
  private mutating func writeTitle(_ levels: LevelWindow, columns: Int) {
    title.removeAll(keepingCapacity: true)
    title += "histogram log  "
    title += levels.darkest.text()
    title += ".."
    title += levels.brightest.text()
    if title.utf8.count + 2 > columns {
      title.removeAll(keepingCapacity: true)
      title += "histogram log"
    }
  }

  /// Magenta, which no region has, and which is told from white bars however colours are seen.
  private static let levelInk = PlotInk(201)

  private mutating func drawLevels(_ inputs: HistogramInputs) {
    let window = inputs.histogram.window
    let width = window.brightest / 2 - window.darkest / 2
    guard width > 0 else { return }
    let (columns, rows) = (canvas.width, canvas.height)
    func draw(_ level: Double) {
      let share = (level / 2 - window.darkest / 2) / width
      let x = Int((min(max(share, 0), 1) * Double(columns - 1)).rounded())
      for y in 0..<rows { canvas.set(x: x, y: y, Self.levelInk) }
    }
    draw(inputs.levels.darkest)
    draw(inputs.levels.brightest)
  }

  private mutating func drawBars(_ inputs: HistogramInputs) {
    let counts = inputs.histogram.counts
    let most = Self.greatest(counts, counts.indices)
    guard most > 0 else { return }
    let window = inputs.histogram.window
    for x in 0..<canvas.width {
      let first = x * counts.count / canvas.width
      let end = max((x + 1) * counts.count / canvas.width, first + 1)
      let count = Self.greatest(counts, first..<end)
      guard count > 0 else { continue }
      let share = log1p(Double(count)) / log1p(Double(most))
      let rows = canvas.height
      let height = max(1, Int((share * Double(rows)).rounded()))
      let value = window.value(at: (Double(x) + 0.5) / Double(canvas.width))
      let isInside = inputs.levels.darkest <= value && value <= inputs.levels.brightest
      for y in rows - height..<rows {
        canvas.set(x: x, y: y, PlotInk(0, isInside ? .plain : .faint))
      }
    }
  }

  private static func greatest(_ counts: [Int], _ bins: Range<Int>) -> Int {
    var most = 0
    for bin in bins where counts[bin] > most { most = counts[bin] }
    return most
  }

  /// The colour of each half column's value; by characters where colours would not show it.
  private mutating func drawColors(
    _ inputs: HistogramInputs, _ area: CellArea, _ grid: inout CellGrid
  ) {
    guard inputs.colors.count == 256 else { return }
    scale.take(
      inputs.colors, levels: inputs.levels, transfer: inputs.transfer,
      from: inputs.histogram.window, halves: 2 * area.columns)
    guard ColorScale.hasPixels(inputs.depth) else {
      for column in 0..<area.columns {
        grid[area.row, area.column + column] = scale.cell(2 * column, depth: inputs.depth)
      }
      return
    }
    grid.colorStrip.place(area, shape: .quadrant)
    for half in 0..<2 * area.columns {
      grid.colorStrip.pixels[half] = scale.color(half)
      grid.colorStrip.pixels[2 * area.columns + half] = scale.color(half)
    }
  }

  private func drawEnds(
    _ window: LevelWindow, row: Int, _ area: CellArea, _ grid: inout CellGrid
  ) {
    let (low, high) = (window.darkest.text(), window.brightest.text())
    guard low.utf8.count + high.utf8.count < area.columns else { return }
    grid.write(PrintableText(low), row: row, column: area.column, style: .dim)
    grid.write(
      PrintableText(high), row: row, column: area.column + area.columns - high.utf8.count,
      style: .dim)
  }
}
