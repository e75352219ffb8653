import BlitzCore

extension ViewerState {
  /// Carries out an action, `count` times where that means something.
  mutating func perform(_ action: Action, count: Int?) -> [Effect] {
    switch action {
    case .step, .stepPercent, .page, .firstFrame, .lastFrame, .goTo, .jumpToMark:
      return moving { state in state.move(action, count: count) }
    case .awaitMark(let prefix): pendingMark = prefix
    case .setMark(let letter): mark(letter)
    case .togglePlay, .scaleSpeed, .cycleLoop: changePlaying(action, count: count)
    case .rangeIn, .rangeOut, .clearRange: changeRange(action)
    case .toggleProjection(let wanted): show(projection == wanted ? nil : wanted)
    case .cycleProjection: cycleProjection()
    case .toggleCorrection, .setCorrection, .windowLength, .setMask, .maskRegion:
      changeCorrections(action, count: count)
    case .zoomTimeline, .fitTimeline, .showTimeline: changeTimeline(action, count: count)
    case .drawRegion, .keepRegion, .selectRegion, .deleteRegion, .addRegion, .pinPoint,
      .zoomToRegion:
      changeRegions(action)
    case .undo: undo()
    case .redo: redo()
    case .toggleTrace, .nextStatistic, .toggleBand, .toggleDifference, .showDifference:
      changeTrace(action)
    case .find(let search): return find(search)
    case .toggleHistogram: isHistogramOpen.toggle()
    case .toggleLevelTool: toggleLevelTool()
    case .toggleColorBar: isColorBarOpen.toggle()
    case .nextProfileWidth, .setProfileWidth, .nextEnvelope, .setEnvelope:
      changeProfiles(action, count: count)
    case .autoLevels, .toggleLevelLock, .setLevels, .nextColorMap, .setColorMap, .invertColors,
      .cycleTransfer, .cyclePooling, .toggleMarks:
      changeDisplay(action)
    case .zoom, .toggleFit, .pan, .togglePanTool, .toggleCrosshair, .flip, .rotate:
      changeView(action, count: count)
    case .setCells(let shape): cells = shape
    case .nextCells: cells = cells.next
    case .setCellAspect(let aspect): cellAspect = aspect
    case .nextCellAspect: nextCellAspect()
    case .save(let export): beginExport(export)
    case .copyText:
      let text = copyText
      notice = PrintableText("copied: \(text)")
      return [.copy(text)]
    case .toggle(let sheet): return toggle(sheet)
    case .commandLine: prompt = Prompt()
    case .buildCache: return buildCache()
    case .leave: return leave()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .interrupt: return interrupt()
    case .quit: return quit()
    case .quitRemembering: return [.remember(position)] + quit()
    case .resume: return resume()
    }
    return []
  }

  private mutating func move(_ action: Action, count: Int?) {
    let times = count ?? 1
    switch action {
    case .step(let frames): playback.move(by: frames.saturatedProduct(times))
    case .stepPercent(let percent):
      let one = max(1, Int((0.01 * Double(playback.count)).rounded()))
      playback.move(by: (one * percent).saturatedProduct(times))
    case .page(let part):
      let size = max(1, Int((abs(part.value) * Double(playback.count)).rounded()))
      playback.move(by: (part.value < 0 ? -size : size).saturatedProduct(times))
    case .firstFrame: goTo(count ?? recording.kept.start)
    case .lastFrame: goTo(count ?? recording.kept.last)
    case .goTo(let frame): goTo(frame)
    case .jumpToMark(let letter):
      if let frame = marks[letter] {
        goTo(frame)
      } else {
        notice = PrintableText("no mark \(letter); m\(letter) sets it")
      }
    default: break
    }
  }

  /// Moves to the kept frame nearest to a source frame.
  mutating func goTo(_ frame: Int) {
    playback.move(to: recording.kept.nearestIndex(to: frame))
    if recording.kept.step > 1, self.frame != frame, 0..<recording.sourceFrames ~= frame {
      notice = PrintableText("frame \(frame) is not loaded; nearest is \(self.frame)")
    }
  }

  private mutating func mark(_ letter: Unicode.Scalar) {
    editing(.marks) { $0.marks[letter] = $0.frame }
    notice = PrintableText("mark \(letter) at frame \(frame)")
  }

  private mutating func changePlaying(_ action: Action, count: Int?) {
    switch action {
    case .togglePlay: playback.isPlaying.toggle()
    case .scaleSpeed(let change): playback.change(speed: change, times: count ?? 1)
    default:
      playback.cycleLoop()
      if !playback.isPlaying { notice = PrintableText("playing loops: \(playback.loop.rawValue)") }
    }
  }

  private mutating func leave() -> [Effect] {
    if count.value != nil {
      _ = count.take()
    } else if overlay != nil {
      overlay = nil
    } else if focus == .region {
      endDraft()
    } else if focus != .frames {
      focus = .frames
    } else if projection != nil {
      return leaveProjection()
    } else if crosshair != nil {
      crosshair = nil
    } else {
      cacheOffer = nil
    }
    return []
  }

  /// The first stops the running job; with none running, a second within two seconds quits.
  private mutating func interrupt() -> [Effect] {
    if isQuitArmed { return [.exit] }
    if runningSearch != nil {
      runningSearch = nil
      notice = PrintableText("search stopped")
      return []
    }
    if let effects = interruptProjection() { return effects }
    if let name = saving.last {
      notice = PrintableText("\(name) is not saved: cancelled")
      return [.cancelSaving]
    }
    if loading.isRunning {
      notice = PrintableText("loading cancelled; \(loading.arrived) frames stay")
      return [.cancelLoad]
    }
    if caching != nil {
      notice = PrintableText("caching cancelled")
      return [.cancelCache]
    }
    isQuitArmed = true
    notice = PrintableText("press again to quit")
    return [.armQuit]
  }
}

extension Int {
  /// The product, held at the ends of `Int`.
  fileprivate func saturatedProduct(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }
}
