import BlitzCore
import BlitzModel

/// Brings the state's traces to the trace view; what it plots is made anew only when they changed.
struct TracePane {
  private var view = TraceView()
  private var inputs = KeptValue<Key, TracePaneInputs>()

  /// What the inputs are made from, but for what moves from frame to frame.
  private struct Key: Equatable {
    let revision: Int
    let regions: [RegionList.Entry]
    let selection: Int?
    let draftsNewRegion: Bool
    let point: PixelPoint?
    let difference: RegionPair?
    let statistic: RegionStatistics.Statistic
    let hasBand: Bool
    let marks: [Unicode.Scalar: Int]
    let times: [Double]

    init(_ state: ViewerState) {
      (revision, regions, point) = (state.board.revision, state.visibleRegions, state.tracedPoint)
      (selection, draftsNewRegion) = (state.regions.selection, state.draftsNewRegion)
      (difference, statistic) = (state.difference, state.statistic)
      (hasBand, marks, times) = (state.hasBand, state.marks, state.times)
    }
  }

  mutating func draw(_ state: ViewerState, area: CellArea, in grid: inout CellGrid) {
    guard !area.isEmpty else { return }
    var inputs = inputs.value(of: Key(state)) { _ in Self.inputs(of: state) }
    inputs.position = state.playback.position
    inputs.range = state.range.map { _ in
      state.projectedPositions.start..<state.projectedPositions.end
    }
    inputs.visible = state.timeWindow.positions
    view.draw(inputs, area: area, in: &grid)
  }

  private static func inputs(of state: ViewerState) -> TracePaneInputs {
    let selected = selectedSeries(state)
    var inputs = TracePaneInputs(
      subject: subject(state, selected), statistic: PrintableText(state.statistic.rawValue),
      series: series(of: state), selected: selected, position: state.playback.position,
      frames: state.recording.kept,
      framesPerSecond: state.recording.isStamped ? nil : state.recording.framesPerSecond)
    inputs.times = state.times
    inputs.marks = state.markedPositions.map { .init($0.letter, at: $0.position) }
    return inputs
  }

  private static func selectedSeries(_ state: ViewerState) -> Int {
    if state.shownDifference != nil { return 0 }
    return state.draftsNewRegion
      ? max(0, state.visibleRegions.count - 1) : state.regions.selection ?? 0
  }

  private static func subject(_ state: ViewerState, _ selected: Int) -> PrintableText {
    if let pair = state.shownDifference {
      return PrintableText(pair.text).cut(to: PlotSeries.nameColumns)
    }
    let regions = state.visibleRegions
    if regions.indices ~= selected {
      let (name, label) = (regions[selected].region.name ?? "", regions[selected].region.label)
      let short = PrintableText(name).cut(to: PlotSeries.nameColumns)
      return PrintableText(short.text + label.dropFirst(name.count))
    }
    guard let point = state.tracedPoint else {
      return PrintableText("of nothing yet: r draws a region, Y pins a pixel;")
    }
    return PrintableText("+ point \(point.x),\(point.y)")
  }

  /// The regions and the probed pixel, or the difference of two regions alone: beside the values that
  /// it comes from it would often be a flat line.
  private static func series(of state: ViewerState) -> [PlotSeries] {
    if let pair = state.shownDifference { return [difference(of: pair, state)] }
    var series = state.visibleRegions.map { entry in
      PlotSeries(
        name: PrintableText(entry.region.name ?? ""), color: RegionColor.index(entry.color),
        trace: state.board.trace(named: entry.region.name), state.statistic,
        hasBand: state.hasBand)
    }
    if let point = state.tracedPoint {
      series.append(
        PlotSeries(
          name: PrintableText("+"), color: 0, trace: state.board.trace(at: point),
          state.statistic, hasBand: false))
    }
    return series
  }

  private static func difference(of pair: RegionPair, _ state: ViewerState) -> PlotSeries {
    let first = state.board.trace(named: pair.first)?.values(state.statistic) ?? []
    let second = state.board.trace(named: pair.second)?.values(state.statistic) ?? []
    var series = PlotSeries(
      name: PrintableText(pair.text), color: 0, values: zip(first, second).map { $0 - $1 })
    let (a, b) = (
      state.board.trace(named: pair.first)?.frames ?? [],
      state.board.trace(named: pair.second)?.frames ?? []
    )
    series.isMeasured = zip(a, b).map { $0 != nil && $1 != nil }
    series.symbol = "-"
    return series
  }
}

extension PlotSeries {
  /// Statistics that lie between the extremes.
  private static let banded: Set<RegionStatistics.Statistic> = [.mean, .median]

  /// One statistic of a trace as far as it is measured.
  fileprivate init(
    name: PrintableText, color: UInt8, trace: Trace?, _ statistic: RegionStatistics.Statistic,
    hasBand: Bool
  ) {
    self.init(
      name: name, color: color, values: trace?.values(statistic) ?? [],
      band: hasBand && Self.banded.contains(statistic)
        ? trace.map { .init(low: $0.values(.min), high: $0.values(.max)) } : nil)
    isMeasured = trace?.frames.map { $0 != nil } ?? []
  }
}
