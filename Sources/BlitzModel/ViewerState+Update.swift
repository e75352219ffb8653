import BlitzCore

extension ViewerState {
  /// Applies one message; work is returned as data and performed elsewhere.
  public mutating func update(_ message: Message) -> [Effect] {
    switch message {
    case .key(let key): return press(key)
    case .paste(let text):
      paste(text)
      return []
    case .pointer(let event): return point(event)
    case .action(let action): return perform(action, count: nil)
    case .canvas(let canvas):
      self.canvas = canvas
      return []
    case .playTick: return playOn()
    case .quitExpired:
      if isQuitArmed { notice = nil }
      isQuitArmed = false
      return []
    case .loading(let progress):
      let isListed = overlay == .files && loading.damaged != progress.damaged
      loading = progress
      return (isListed ? [.listFiles] : []) + searchOn()
    case .picture(let facts):
      accept(facts)
      return []
    case .corrected: return []
    case .correctionRefused(let fault):
      refuse(fault)
      return []
    case .files(let list):
      files.fill(list, frame: frame)
      return []
    case .panes(let panes):
      visiblePanes = panes
      return []
    case .traces(let board):
      self.board = board
      return searchOn()
    case .projecting(let plane, let part, let seconds):
      let isShown = plane == self.plane && part < 1 && !isStopped
      projecting = isShown ? part : nil
      projectingSeconds = isShown ? seconds : nil
      return []
    case .times(let times):
      self.times = times
      return []
    case .projectionStopped(let plane):
      projectionStopped(plane)
      return []
    case .projectionFailed(let plane, let reason):
      // The frame comes back: asking again and again would fail again and again.
      if plane == self.plane { show(nil) }
      notice = reason
      return []
    case .cacheOffered(let offer):
      cacheOffer = offer
      return []
    case .caching(let news):
      takeCacheNews(news)
      return []
    case .exported(let outcome): return finishExport(outcome)
    case .remembered(let position):
      offer(position)
      return []
    case .notice(let text):
      notice = text
      return []
    }
  }

  private mutating func accept(_ facts: PictureFacts) {
    picture = facts
    guard let fit = facts.request.fit, fit.generation == fitGeneration, fitWanted != nil,
      facts.condition != .pending
    else { return }
    display.levels = facts.levels ?? display.levels ?? .unit
    display.trim = fit.trim
    // A plane of one value, or of none, says nothing of those that follow: the next is fitted again.
    let isFlat = facts.levels.map { $0.darkest == $0.brightest } ?? true
    if !isFlat || display.isLocked { fitWanted = nil }
  }

  /// While a frame has not arrived, playing waits for it instead of running ahead of the loader.
  private mutating func playOn() -> [Effect] {
    guard playback.isPlaying, projection == nil, picture?.request.plane == plane,
      picture?.condition != .pending
    else { return [] }
    return moving { state in state.playback.advance(in: state.playBounds) }
  }

  /// Runs a change of position and asks the loader for the frame it ends on.
  mutating func moving(_ change: (inout ViewerState) -> Void) -> [Effect] {
    let before = playback.position
    change(&self)
    guard playback.position != before else { return [] }
    timeWindow.follow(playback.position)
    guard loading.isRunning else { return [] }
    return [.want(position: playback.position)]
  }
}
