import BlitzCore
import BlitzModel

/// Draws the status line: words that do not fit are left out, the least important first.
func drawStatus(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
  let words = statusWords(inputs)
  let help = PrintableText("? help")
  let room = area.columns - 2
  var kept = words.indices.sorted { words[$0].priority < words[$1].priority }
  while kept.count > 1, width(of: kept.map { words[$0].text }) > room { kept.removeLast() }
  let line = kept.sorted().map { words[$0].text }.joined(separator: "  ")
  let used = grid.write(PrintableText(line), row: area.row, column: 1, width: room)
  if used + 2 + help.text.utf8.count <= room {
    grid.write(
      help, row: area.row, column: area.columns - 1 - help.text.utf8.count, style: .dim)
  }
}

private struct StatusWord {
  let priority: Int
  let text: String
}

private func width(of words: [String]) -> Int {
  words.reduce(-2) { $0 + $1.unicodeScalars.count + 2 }
}

private func statusWords(_ inputs: ScreenInputs) -> [StatusWord] {
  let state = inputs.state
  var words = [StatusWord(priority: 0, text: frameText(state))]
  func add(_ priority: Int, _ text: String?) {
    if let text { words.append(StatusWord(priority: priority, text: text)) }
  }
  add(1, state.notice?.text)
  add(2, loadText(state))
  add(3, projectionText(state))
  add(2, inputs.isExact ? nil : "~")
  add(8, state.recording.framesPerSecond.map { "\($0.seconds(atFrame: state.frame).text()) s" })
  add(4, probeText(state))
  add(6, state.display.levels.map { levelText($0, state.display) })
  add(7, state.count.value.map { "count \($0)" })
  add(3, state.pendingMark.map { $0 == .set ? "mark?" : "jump to mark?" })
  add(9, state.playback.isPlaying ? playText(state.playback) : nil)
  add(9, state.range.map { "range \($0.text)" })
  add(6, state.corrections.text)
  add(10, colorText(state.display))
  add(10, state.display.pooling == .area ? nil : state.display.pooling.rawValue)
  add(5, differenceText(state))
  add(5, regionText(state))
  add(5, focusText(state.focus))
  return words
}

private func frameText(_ state: ViewerState) -> String {
  let total = (state.recording.framesExact ? "" : "~") + "\(state.recording.sourceFrames)"
  let step = state.recording.kept.step
  return "frame \(state.frame) of \(total)" + (step > 1 ? "  step \(step)" : "")
}

private func loadText(_ state: ViewerState) -> String? {
  if let part = state.projecting { return "computing \(Int(part * 100)) %" }
  if state.isWaiting {
    return state.projection != nil
      ? "computing" : state.loading.isRunning ? "loading" : "not loaded"
  }
  if state.projection != nil { return (state.picture?.missing ?? 0) > 0 ? "partial" : nil }
  if state.picture?.condition == .damaged { return "damaged" }
  return state.loading.isPartial ? "partial" : nil
}

private func projectionText(_ state: ViewerState) -> String? {
  guard let projection = state.projection else { return nil }
  let range = state.projectedRange
  return "\(projection.rawValue) of \(range.start):\(range.end)"
}

/// `A-B mean VALUE (A, B)` at the current frame.
private func differenceText(_ state: ViewerState) -> String? {
  guard let pair = state.shownDifference, let here = state.differenceHere else { return nil }
  let values = "\(here.first.text()), \(here.second.text())"
  return "\(pair.text) \(state.statistic.rawValue) \(here.value.text()) (\(values))"
}

/// `ROI NAME rect X,Y WxH` of the region being drawn or selected.
private func regionText(_ state: ViewerState) -> String? {
  let entry =
    state.draft != nil && state.focus == .region && state.draftsNewRegion
    ? state.visibleRegions.last : state.regions.selected
  return entry.map { "ROI \($0.region.label)" }
}

private func probeText(_ state: ViewerState) -> String? {
  guard let picture = state.picture, let point = picture.request.probe, point == state.probe,
    !picture.probe.isEmpty
  else { return nil }
  let values = picture.probe.map { $0.text() }.joined(separator: ",")
  return "x \(point.x) y \(point.y) = \(values)"
}

private func levelText(_ levels: LevelWindow, _ display: Display) -> String {
  let trim = display.trim.map { " p\($0.text())" } ?? ""
  let range = "levels \(levels.darkest.text())..\(levels.brightest.text())"
  return range + trim + (display.isLocked ? " locked" : "")
}

private func playText(_ playback: Playback) -> String {
  "play \(playback.rate.text(digits: 3))/s \(playback.loop.rawValue)"
}

private func colorText(_ display: Display) -> String {
  let name = LookupTable.builtin[display.colorMap].name
  let mapping = display.transfer == .linear ? "" : " " + display.transfer.rawValue
  return (display.isInverted ? "-" : "") + name + mapping
}

private func focusText(_ focus: ViewerState.Focus) -> String? {
  switch focus {
  case .frames: nil
  case .crosshair: "arrows: crosshair"
  case .pan: "arrows: pan"
  case .region: "arrows: ROI"
  }
}
