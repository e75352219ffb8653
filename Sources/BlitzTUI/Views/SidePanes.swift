import BlitzCore
import BlitzKernels
import BlitzModel

/// Brings the picture's profiles and histogram to their views.
struct SidePanes {
  private var row = ProfilePane(), column = ProfilePane()
  private var histogram = HistogramView()
  private var colors = KeptValue<ColorMapChoice, [UInt32]>()

  mutating func draw(_ inputs: ScreenInputs, layout: ScreenLayout, in grid: inout CellGrid) {
    row.draw(.row, inputs.picture, layout: layout, in: &grid)
    column.draw(.column, inputs.picture, layout: layout, in: &grid)
    drawHistogram(inputs, area: layout.histogram, in: &grid)
  }

  private mutating func drawHistogram(
    _ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid
  ) {
    let display = inputs.state.display
    let hasStrip = area.rows >= HistogramView.leastRowsWithColors
    guard !area.isEmpty, let counts = inputs.picture.histogram, let levels = display.levels
    else { return grid.colorStrip.place(.empty) }
    if !hasStrip || !ColorScale.hasPixels(inputs.depth) { grid.colorStrip.place(.empty) }
    let colors = colors.value(of: inputs.state.shownMap) { $0.colors }
    histogram.draw(
      HistogramInputs(
        histogram: counts, levels: levels, transfer: display.transfer,
        colors: colors, depth: inputs.depth),
      area: area, in: &grid)
  }
}

/// One of the two profiles through the crosshair, in the pane along which it runs.
private struct ProfilePane {
  private var view = ProfileView()
  private var lines = ProfileLines()

  mutating func draw(
    _ line: ProfileInputs.Line, _ picture: Picture, layout: ScreenLayout, in grid: inout CellGrid
  ) {
    guard let request = picture.request, let point = request.profiles,
      let profile = line == .row ? picture.rowProfile : picture.columnProfile
    else { return }
    let place = request.placement
    let isMirrored = place.isMirrored(line)
    lines.fill(
      profile, envelope: line == .row ? picture.envelope?.columns : picture.envelope?.rows,
      isMirrored: isMirrored)
    let (index, along) = line == .row ? (point.y, point.x) : (point.x, point.y)
    var inputs = ProfileInputs(
      line, index: index, series: lines.series, placement: place,
      cursor: isMirrored ? profile.mean.count / profile.channels - 1 - along : along)
    inputs.width = profile.band.count
    view.draw(
      inputs, area: place.runsDown(line) ? layout.columnProfile : layout.rowProfile, in: &grid)
  }
}
