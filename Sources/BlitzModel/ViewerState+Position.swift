import BlitzCore

extension ViewerState {
  /// Where the person is now.
  var position: ViewerPosition {
    var position = ViewerPosition(frame: frame)
    position.range = range
    position.display = display
    position.viewport = viewport
    position.regions = regions.entries.map(\.region)
    return position
  }

  /// Offers the position of an earlier visit; nothing moves before it is accepted.
  mutating func offer(_ position: ViewerPosition) {
    remembered = position
    notice = PrintableText("left at frame \(position.frame) last time; Ctrl-O goes back there")
  }

  /// Goes to the position that was offered, as far as the recording still has it.
  mutating func resume() -> [Effect] {
    guard let position = remembered else {
      notice = PrintableText("no position of an earlier visit; Q leaves one")
      return []
    }
    let whole = FrameRange(start: 0, end: recording.sourceFrames)
    range = position.range.flatMap {
      FrameRange(start: $0.start, end: min($0.end, recording.sourceFrames))
    }
    if range == whole { range = nil }
    viewport = position.viewport
    show(position.display)
    let known = Set(regions.entries.map(\.region.outline))
    // The image may be smaller this time.
    for region in position.regions
    where !known.contains(region.outline) && !spans(of: region).isEmpty {
      regions.add(region)
    }
    if !regions.entries.isEmpty { isTraceOpen = true }
    return moving { $0.goTo(position.frame) }
  }

  /// Levels that were fitted are fitted again, to what is seen now.
  private mutating func show(_ wanted: Display) {
    display = wanted
    if let trim = wanted.trim, !wanted.isLocked || wanted.levels == nil {
      requestFit(trim: trim)
    } else if wanted.levels == nil {
      requestFit(trim: 1)
    } else {
      fitWanted = nil
    }
  }
}
