import BlitzCore

extension ViewerState {
  /// The probed pixel while it has a trace of its own: not while a region is drawn or changed, nor when
  /// a region is that very pixel.
  public var tracedPoint: PixelPoint? {
    guard draft == nil, let probe else { return nil }
    let outline = RegionOfInterest.Outline.point(x: probe.x, y: probe.y)
    for i in regions.entries.indices where regions.entries[i].region.outline == outline {
      return nil
    }
    return probe
  }

  mutating func changeTrace(_ action: Action) {
    switch action {
    case .toggleTrace:
      isTraceOpen.toggle()
      if isTraceOpen, visibleRegions.isEmpty {
        notice = PrintableText("no region yet; r draws a rectangle, Y pins a point")
      }
    case .nextStatistic:
      let all = RegionStatistics.Statistic.allCases.filter { $0 != .n }
      statistic = all[((all.firstIndex(of: statistic) ?? -1) + 1) % all.count]
    case .toggleDifference: toggleDifference()
    case .showDifference(let pair): showDifference(pair)
    default: hasBand.toggle()
    }
  }

  /// Goes to the next frame where a trace comes to fulfil a comparison.
  mutating func find(_ search: TraceSearch) -> [Effect] {
    let name = search.region ?? regions.selected?.region.name ?? visibleRegions.first?.region.name
    guard let trace = board.trace(named: name) else {
      notice = PrintableText(
        "no trace of \(name ?? "any region"); draw one and open the pane with T")
      return []
    }
    guard let position = search.next(in: trace, after: playback.position) else {
      let isPartial = trace.measuredCount < trace.frames.count
      notice = PrintableText("found nowhere" + (isPartial ? " so far; the trace is partial" : ""))
      return []
    }
    return moving { $0.playback.move(to: position) }
  }
}
