import BlitzCore

extension ViewerState {
  mutating func changeCorrections(_ action: Action, count: Int?) {
    switch action {
    case .toggleCorrection(let side): toggle(side)
    case .setCorrection(let side, let correction):
      changingLook { $0.corrections.set(side, to: correction) }
    case .windowLength:
      if let length = count {
        setWindow(length)
      } else {
        prompt = Prompt()
        prompt?.insert("subtract slide:")
      }
    case .setMask(let mask): changingLook { $0.corrections.mask(mask) }
    case .maskRegion: maskRegion()
    default: break
    }
  }

  /// Leaves out all but the region that is drawn or selected.
  private mutating func maskRegion() {
    guard let outline = draft?.outline ?? regions.selected?.region.outline,
      let region = RegionOfInterest(outline)
    else {
      notice = PrintableText("no region is selected; Tab selects one")
      return
    }
    changingLook { $0.corrections.mask(.region(region)) }
  }

  /// Switches one side; the first time it becomes the mean of the range.
  private mutating func toggle(_ side: CorrectionSwitches.Side) {
    guard corrections.correction(side) == nil else {
      return changingLook { $0.corrections.toggle(side) }
    }
    let range = projectedRange
    guard let slice = FrameSlice("\(range.start):\(range.end)") else { return }
    let correction = Correction(.projection(.mean, slice))
    changingLook { $0.corrections.set(side, to: correction) }
    notice = PrintableText(
      "\(corrections.text ?? ""); :subtract and :divide take mean, std, min, max, median, file, slide"
    )
  }

  /// `50w`: a sliding mean of 50 frames is subtracted; a window already set keeps its kind.
  private mutating func setWindow(_ length: Int) {
    var kind = SlidingWindow.Kind.slide(lag: 0)
    if case .window(let window) = corrections.correction(.subtract)?.source { kind = window.kind }
    guard let window = SlidingWindow(kind, length: length),
      let correction = Correction(.window(window))
    else {
      notice = PrintableText("a window has 1 frame or more")
      return
    }
    changingLook { $0.corrections.set(.subtract, to: correction) }
  }
}
