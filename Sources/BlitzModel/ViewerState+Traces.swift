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

  /// Goes to the next frame where a trace comes to fulfil a comparison, once as much of it is measured.
  mutating func find(_ search: TraceSearch) -> [Effect] {
    let entries = visibleRegions
    let name = search.region ?? regions.selected?.region.name ?? entries.first?.region.name
    if let wanted = search.region, !entries.contains(where: { $0.region.name == wanted }) {
      let names = entries.compactMap(\.region.name).joined(separator: ", ")
      notice = PrintableText(
        "no ROI \(wanted); " + (names.isEmpty ? "r draws one" : "there is \(names)"))
      return []
    }
    guard name != nil || tracedPoint != nil else {
      notice = PrintableText(
        "no trace to search: draw a region with r, or type :roi rect:X,Y,W,H")
      return []
    }
    statistic = search.statistic
    isTraceOpen = true
    runningSearch = RunningSearch(search: search, name: name, start: playback.position)
    return searchOn()
  }

  /// Goes on with a search, as far as traces are measured by now.
  mutating func searchOn() -> [Effect] {
    guard let running = runningSearch else { return [] }
    let isFinal = !loading.isRunning && traceRequest.map { $0 == board.answered } ?? true
    let trace = running.name.map { board.trace(named: $0) } ?? tracedPoint.flatMap(board.trace(at:))
    let outcome =
      trace?.outcome(of: running, isFinal: isFinal) ?? (isFinal ? .nowhere : .unmeasured)
    guard outcome != .unmeasured else {
      notice = PrintableText("finding \(running.search.text): measuring; Esc stops")
      return []
    }
    (runningSearch, notice) = (nil, nil)
    guard case .found(let position, let wrapped) = outcome else {
      let isPartial = trace.map { $0.measuredCount < $0.frames.count } ?? false
      notice = PrintableText("found nowhere" + (isPartial ? " so far; the trace is partial" : ""))
      return []
    }
    if wrapped { notice = PrintableText(wrapText(running, position)) }
    show(nil)
    return moving { $0.playback.move(to: position) }
  }

  private func wrapText(_ running: RunningSearch, _ position: Int) -> String {
    if position == 0 { return "wrapped: it holds from the first frame on" }
    return position == running.start ? "wrapped: found here only" : "wrapped round the end"
  }
}

extension Trace {
  fileprivate func outcome(of running: RunningSearch, isFinal: Bool) -> TraceSearch.Outcome {
    running.search.outcome(in: self, after: running.start, isFinal: isFinal)
  }
}
