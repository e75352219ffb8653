import BlitzCore
import BlitzModel

/// Brings the state's traces to the trace view; what it plots is made anew only when they changed.
struct TracePane {
  private var view = TraceView()
  private var series: [PlotSeries] = []
  private var key: Key?

  /// What the series were made from.
  private struct Key: Equatable {
    let revision: Int
    let regions: [RegionList.Entry]
    let statistic: RegionStatistics.Statistic
    let hasBand: Bool
  }

  mutating func draw(_ state: ViewerState, area: CellArea, in grid: inout CellGrid) {
    guard !area.isEmpty else { return }
    prepare(state)
    let selected = state.draftsNewRegion ? series.count - 1 : state.regions.selection ?? 0
    let entry = series.indices ~= selected ? state.visibleRegions[selected] : nil
    var inputs = TracePaneInputs(
      subject: PrintableText(entry?.region.label ?? "no region yet"),
      statistic: PrintableText(state.statistic.rawValue), series: series,
      selected: max(0, selected), position: state.playback.position, frames: state.recording.kept,
      framesPerSecond: state.recording.framesPerSecond)
    inputs.range = state.range.map { _ in
      state.projectedPositions.start..<state.projectedPositions.end
    }
    view.draw(inputs, area: area, in: &grid)
  }

  private mutating func prepare(_ state: ViewerState) {
    let entries = state.visibleRegions
    let next = Key(
      revision: state.board.revision, regions: entries, statistic: state.statistic,
      hasBand: state.hasBand)
    guard next != key else { return }
    key = next
    series = entries.map { entry in
      let trace = state.board.trace(named: entry.region.name)
      return PlotSeries(
        name: PrintableText(entry.region.name ?? ""), color: RegionColor.index(entry.color),
        values: trace?.values(state.statistic) ?? [],
        band: state.hasBand && Self.banded.contains(state.statistic)
          ? trace.map { .init(low: $0.values(.min), high: $0.values(.max)) } : nil)
    }
  }

  /// Statistics that lie between the extremes.
  private static let banded: Set<RegionStatistics.Statistic> = [.mean, .median]
}
