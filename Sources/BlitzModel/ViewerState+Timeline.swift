import BlitzCore

extension ViewerState {
  /// Marks by their letters, each on the kept position nearest to its frame.
  public var markedPositions: [(letter: Unicode.Scalar, position: Int)] {
    marks.sorted { $0.key < $1.key }.map { ($0.key, recording.kept.nearestIndex(to: $0.value)) }
  }

  /// The kept positions that lie in a range of source frames; at least the nearest one.
  func positions(of range: FrameRange) -> FrameRange {
    let kept = recording.kept
    let lower =
      range.start <= kept.start ? 0 : (range.start - kept.start + kept.step - 1) / kept.step
    let upper =
      range.end <= kept.start ? -1 : min((range.end - 1 - kept.start) / kept.step, kept.count - 1)
    let nearest = kept.nearestIndex(to: range.start)
    return FrameRange(start: lower, end: upper + 1)
      ?? FrameRange(start: nearest, end: nearest + 1) ?? FrameRange.first
  }

  mutating func changeTimeline(_ action: Action, count: Int?) {
    switch action {
    case .zoomTimeline(let step):
      timeWindow.zoom(step, times: count ?? 1, around: playback.position)
    case .fitTimeline:
      if timeWindow.isWhole, let range { showTimeline(range) } else { timeWindow.showAll() }
    case .showTimeline(let slice):
      guard let range = slice.resolve(frames: recording.sourceFrames) else {
        notice = PrintableText("timeline: no frame lies in \(slice.text)")
        return
      }
      showTimeline(range)
    default: break
    }
  }

  private mutating func showTimeline(_ range: FrameRange) {
    let positions = positions(of: range)
    timeWindow.show(positions.start..<positions.end)
  }

  /// `i` and `o` set one end each; an end that would cross the other takes the other along.
  mutating func changeRange(_ action: Action) {
    editing(.range) { state in
      let frame = state.frame
      switch action {
      case .rangeIn:
        let end = max(state.range?.end ?? state.recording.sourceFrames, frame + 1)
        state.setRange(FrameRange(start: frame, end: end))
      case .rangeOut:
        state.setRange(FrameRange(start: min(state.range?.start ?? 0, frame), end: frame + 1))
      default: state.range = nil
      }
    }
  }

  /// Takes hold of what is under the pointer on the timeline; beside the range that is the playhead.
  mutating func takeTimeline(_ position: Int, _ part: PointerEvent.TimelinePart) -> [Effect] {
    switch (part, range) {
    case (.rangeStart, let range?): grip = Grip(.rangeEnd(opposite: range.end - 1), on: .timeline)
    case (.rangeEnd, let range?): grip = Grip(.rangeEnd(opposite: range.start), on: .timeline)
    case (.range, let range?): grip = Grip(.range(range, from: position), on: .timeline)
    default:
      grip = Grip(.playhead, on: .timeline)
      return moving { $0.playback.move(to: position) }
    }
    return []
  }

  /// Begins a new range at a position of the timeline.
  mutating func takeNewRange(_ position: Int) {
    grip = Grip(.rangeEnd(opposite: frame(at: position)), on: .timeline)
  }

  /// Brings what is held on the timeline to a position.
  mutating func dragTimeline(_ held: Grip.Held, to position: Int) -> [Effect] {
    switch held {
    case .playhead: return moving { $0.playback.move(to: position) }
    case .rangeEnd(let opposite):
      let frame = frame(at: position)
      dragRange(FrameRange(start: min(opposite, frame), end: max(opposite, frame) + 1))
    case .range(let range, let start):
      let distance = frame(at: position) - frame(at: start)
      let shift = min(max(distance, -range.start), recording.sourceFrames - range.end)
      dragRange(FrameRange(start: range.start + shift, end: range.end + shift))
    default: break
    }
    return []
  }

  private mutating func dragRange(_ wanted: FrameRange?) {
    let changed = editing(.range, continues: grip?.hasEdited == true) { $0.setRange(wanted) }
    if changed { grip?.hasEdited = true }
  }

  /// The whole stack is no range.
  private mutating func setRange(_ wanted: FrameRange?) {
    range = wanted == FrameRange(start: 0, end: recording.sourceFrames) ? nil : wanted
  }

  /// The source frame at a position, clamped to the stack.
  private func frame(at position: Int) -> Int {
    recording.kept[min(max(position, 0), playback.count - 1)]
  }
}
