import BlitzCore
import BlitzModel

/// Draws the status line: words that do not fit are left out, the least important first.
///
/// Words that change from frame to frame are written into one text that keeps its memory.
struct StatusView {
  private var words: [Word] = []
  private var texts = ""
  private var line = ""
  private var regionWord = KeptValue<RegionOfInterest, String>()
  private var correctionWord = KeptValue<CorrectionSwitches, String?>()
  private var rangeWord = KeptValue<FrameRange, String>()
  private var isNoticeLong = false

  /// A word's place in the texts, its width, and its rank; small ranks stay longest.
  private struct Word {
    let priority: Int
    let start, end: String.Index
    let width: Int
  }

  mutating func draw(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
    let room = area.columns - 2
    collect(inputs, room)
    fit(room, atLeast: 1)
    line.removeAll(keepingCapacity: true)
    for i in words.indices {
      if i > 0 { line += "  " }
      line += texts[words[i].start..<words[i].end]
    }
    let used = grid.write(PrintableText(line), row: area.row, column: 1, width: room)
    let help = PrintableText("? help")
    if used + 2 + help.text.utf8.count <= room {
      grid.write(
        help, row: area.row, column: area.columns - 1 - help.text.utf8.count, style: .dim)
    }
    if isNoticeLong, let notice = inputs.state.notice {
      drawNotice(notice, above: area.row, in: &grid)
    }
  }

  /// Drops the last of the least important words until the rest fits.
  private mutating func fit(_ room: Int, atLeast least: Int) {
    var width = -2
    for i in words.indices { width += words[i].width + 2 }
    while words.count > least, width > room {
      var last = 0
      for i in words.indices where words[i].priority >= words[last].priority { last = i }
      width -= words.remove(at: last).width + 2
    }
  }

  /// The offer, in as many words as fit beside the frame's number.
  private func offerText(_ offer: CacheOffer, _ room: Int) -> String? {
    let left = room - 2 - (words.first?.width ?? 0)
    return offer.texts.first { $0.utf8.count <= left }
  }

  private mutating func collect(_ inputs: ScreenInputs, _ room: Int) {
    let state = inputs.state
    words.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
    isNoticeLong = false
    add(0) { writeFrame(state, to: &$0) }
    // What there is to tell is said only once, so that it is never cut: it gets lines of its own.
    if let notice = state.notice {
      isNoticeLong = notice.width > room - 2 - (words.first?.width ?? 0)
      add(1, isNoticeLong ? nil : notice.text)
    }
    add(2, loadText(state))
    add(3, state.caching.map { "caching \(Int($0 * 100)) %" })
    add(4, state.cacheOffer.flatMap { offerText($0, room) })
    add(3, state.projectionText)
    add(2, state.saving.last.map { "saving \($0)" })
    add(2, inputs.isExact ? nil : "~")
    add(8) { writeTime(state, to: &$0) }
    add(4) { state.writeProbe(to: &$0) }
    add(5, zeroedText(state))
    add(state.focus == .levels ? 1 : 6) { writeLevels(state.display, to: &$0) }
    add(7, state.count.value.map { "count \($0)" })
    add(3, state.pendingMark.map { $0 == .set ? "mark?" : "jump to mark?" })
    add(9, state.playback.isPlaying ? playText(state.playback) : nil)
    add(9, state.range.map { rangeWord.value(of: $0) { "range \($0.text)" } })
    add(6, correctionWord.value(of: state.corrections) { $0.text })
    add(10) { writeColors(state, to: &$0) }
    add(10, state.display.pooling == .area ? nil : state.display.pooling.rawValue)
    add(5, differenceText(state))
    add(10, state.display.hasMarks ? "marks" : nil)
    add(10, state.viewport.ratio)
    add(10, state.viewport.orientation.text)
    add(10, state.cells == .half ? nil : state.cells.rawValue)
    add(10) { writeEnvelope(state.envelope, to: &$0) }
    add(5, shownRegion(state).map { regionWord.value(of: $0) { "ROI \($0.label)" } })
    add(5, focusText(state))
  }

  private mutating func add(_ priority: Int, _ text: String?) {
    if let text { add(priority) { $0 += text } }
  }

  /// Adds what `write` appends; nothing when it appends nothing.
  private mutating func add(_ priority: Int, _ write: (inout String) -> Void) {
    let start = texts.endIndex
    write(&texts)
    let end = texts.endIndex
    guard start < end else { return }
    let width = texts.unicodeScalars.distance(from: start, to: end)
    words.append(Word(priority: priority, start: start, end: end, width: width))
  }
}

private func writeFrame(_ state: ViewerState, to text: inout String) {
  text += "frame "
  text += state.frame.description
  text += state.recording.framesExact ? " of " : " of ~"
  text += state.recording.sourceFrames.description
  guard state.recording.kept.step > 1 else { return }
  text += "  step "
  text += state.recording.kept.step.description
}

private func writeTime(_ state: ViewerState, to text: inout String) {
  guard let time = state.time else { return }
  if !time.isExact { text += "~" }
  time.seconds.writeTime(to: &text)
}

private func loadText(_ state: ViewerState) -> String? {
  if let part = state.projecting { return computingText(part, state.projectingSeconds) }
  if state.awaitsProjection { return "computing" }
  if state.isWaiting {
    // A new correction or mask is prepared before its first frame shows.
    let isComputed = state.projection != nil || !state.corrections.active.isEmpty
    return state.loading.isRunning && state.projection == nil
      ? "loading" : state.isStopped ? "stopping" : isComputed ? "computing" : "not loaded"
  }
  if case .projection(_, let range) = state.plane { return partText(state, of: range.count) }
  if state.picture?.condition == .damaged { return "damaged" }
  if state.lacksWindow { return "no window" }
  return state.loading.isPartial ? "partial" : nil
}

/// `computing 43 %, 3 s left`.
private func computingText(_ part: Double, _ seconds: Double?) -> String {
  let words = "computing \(Int(part * 100)) %"
  guard let seconds, seconds < 1e6 else { return words }
  let whole = max(1, Int(seconds.rounded(.up)))
  return words + (whole < 120 ? ", \(whole) s left" : ", \((whole + 59) / 60) min left")
}

/// `312 px zeroed`: where the denominator of the frame's correction is 0.
private func zeroedText(_ state: ViewerState) -> String? {
  guard state.zeroed > 0 else { return nil }
  return "\(state.zeroed) \(state.recording.shape.channels == 1 ? "px" : "samples") zeroed"
}

/// `partial 18/50` for a projection of some of its frames, `partial 96/480 rows` for one of some rows.
private func partText(_ state: ViewerState, of frames: Int) -> String? {
  let (lacks, rows) = (state.shortfall, state.recording.shape.rows)
  if lacks.rows > 0 { return "partial \(rows - lacks.rows)/\(rows) rows" }
  return lacks.isEmpty ? nil : "partial \(frames - lacks.frames)/\(frames)"
}

/// `A-B mean VALUE (A, B)` at the current frame.
private func differenceText(_ state: ViewerState) -> String? {
  guard let pair = state.shownDifference, let here = state.differenceHere else { return nil }
  let values = "\(here.first.text()), \(here.second.text())"
  return "\(pair.text) \(state.statistic.rawValue) \(here.value.text()) (\(values))"
}

/// The region being drawn or selected.
private func shownRegion(_ state: ViewerState) -> RegionOfInterest? {
  let entry =
    state.draft != nil && state.focus == .region && state.draftsNewRegion
    ? state.visibleRegions.last : state.regions.selected
  return entry?.region
}

private func writeLevels(_ display: Display, to text: inout String) {
  guard let levels = display.levels else { return }
  text += "levels "
  text += levels.darkest.text()
  text += ".."
  text += levels.brightest.text()
  if let trim = display.trim {
    text += " p"
    text += trim.text()
  }
  if display.isLocked { text += " locked" }
}

private func playText(_ playback: Playback) -> String {
  "play \(playback.rate.text(digits: 3))/s \(playback.loop.rawValue)"
}

/// The colour map, which a colour recording has none of, and the curve, where it is not the usual one.
private func writeColors(_ state: ViewerState, to text: inout String) {
  let display = state.display
  if !state.recording.hasColors {
    if display.isInverted { text += "-" }
    text += LookupTable.builtin[display.colorMap].name
    if display.transfer != .linear { text += " " }
  }
  if display.transfer != .linear { text += display.transfer.rawValue }
}

private func writeEnvelope(_ envelope: Envelope, to text: inout String) {
  guard let extent = envelope.extent else { return }
  text += "envelope "
  text += extent
}

private func focusText(_ state: ViewerState) -> String? {
  switch state.focus {
  case .frames: nil
  case .crosshair: "arrows: crosshair"
  case .pan: "arrows: pan"
  case .region: "arrows: ROI"
  case .levels: "arrows: \(state.levelEnd == .darkest ? "low" : "high") level"
  }
}
