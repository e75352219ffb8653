import BlitzCore
import BlitzModel

/// Brings the picture's profiles and histogram to their views.
struct SidePanes {
  private var row = ProfileView()
  private var column = ProfileView()
  private var histogram = HistogramView()

  mutating func draw(_ inputs: ScreenInputs, layout: ScreenLayout, in grid: inout CellGrid) {
    let picture = inputs.picture
    if let request = picture.request, let point = request.profiles {
      if let profile = picture.rowProfile {
        let values = Self.inputs(.row, point.y, profile, request.placement, cursor: point.x)
        row.draw(values, area: layout.rowProfile, in: &grid)
      }
      if let profile = picture.columnProfile {
        let values = Self.inputs(.column, point.x, profile, request.placement, cursor: point.y)
        column.draw(values, area: layout.columnProfile, in: &grid)
      }
    }
    drawHistogram(inputs, area: layout.histogram, in: &grid)
  }

  private mutating func drawHistogram(
    _ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid
  ) {
    let display = inputs.state.display
    guard let counts = inputs.picture.histogram, let levels = display.levels else { return }
    let table = LookupTable.builtin[display.colorMap]
    histogram.draw(
      HistogramInputs(
        histogram: counts, levels: levels, transfer: display.transfer,
        colors: (display.isInverted ? table.inverted : table).colors), area: area, in: &grid)
  }

  /// One line for gray, three for colour.
  private static func inputs(
    _ line: ProfileInputs.Line, _ index: Int, _ profile: Profile,
    _ placement: Viewport.Placement, cursor: Int
  ) -> ProfileInputs {
    let colors: [UInt8] = profile.channels == 1 ? [0] : [196, 34, 33]
    let series = colors.enumerated().map { channel, color in
      PlotSeries(
        name: PrintableText(profile.channels == 1 ? "" : ["R", "G", "B"][channel]), color: color,
        values: stride(from: channel, to: profile.mean.count, by: profile.channels).map {
          profile.mean[$0]
        })
    }
    return ProfileInputs(
      line, index: index, series: series, placement: placement, cursor: cursor)
  }
}
