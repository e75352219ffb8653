public import BlitzCore

extension ViewerState {
  /// What the panel is set to for a side: as `:subtract` and `:divide` last said, or as a first
  /// choice.
  public func correctionForm(_ side: CorrectionSwitches.Side) -> CorrectionForm {
    var form = correctionForms[side] ?? CorrectionForm(projectedRange.unstepped)
    if let set = corrections.correction(side), set != form.correction { form.adopt(set) }
    return form
  }

  /// The lines of the panel, subtract above divide.
  public var correctionFields: [CorrectionField] {
    [CorrectionSwitches.Side.subtract, .divide].flatMap { side in
      correctionForm(side).fields.map { CorrectionField(side: side, kind: $0) }
    }
  }

  /// What could not be prepared on a side, while it is still set.
  public func correctionFault(_ side: CorrectionSwitches.Side) -> PrintableText? {
    guard let fault = correctionFault, fault.part == .side(side),
      fault.corrections[side] == corrections.correction(side)
    else { return nil }
    return fault.reason
  }

  /// Keys of the panel: up and down choose a line, left and right change it, Enter types into it.
  mutating func pressInPanel(_ key: Key) -> [Effect]? {
    let fields = correctionFields
    if chooseRow(key, of: fields.count) { return [] }
    guard fields.indices ~= overlayRow else { return nil }
    let field = fields[overlayRow]
    switch (key.code, key.modifiers) {
    case (.left, []): step(field, by: -(count.take() ?? 1))
    case (.right, []): step(field, by: count.take() ?? 1)
    case (.character(" "), []): switchSide(field.side)
    case (.delete, []), (.character("x"), []): takeAway(field.side)
    case (.enter, _): enter(field)
    default: return nil
    }
    return []
  }

  /// Takes what was typed for a line; what makes no sense there is asked for again.
  mutating func set(_ field: CorrectionField, to text: String) {
    var form = correctionForm(field.side)
    guard form.type(text, into: field.kind) else {
      prompt = Prompt(.correction(field), text: text, note: PrintableText(field.kind.expectation))
      return
    }
    use(form, on: field.side)
  }

  /// Hears that a correction could not be prepared: it is switched off, and a mask taken away, so that
  /// frames show again.
  mutating func refuse(_ fault: CorrectionFault) {
    guard corrections.active == fault.corrections else { return }
    correctionFault = fault
    changingLook { state in
      switch fault.part {
      case .side(let side): state.corrections.toggle(side)
      case .mask: state.corrections.mask(nil)
      }
    }
    notice = PrintableText("\(fault.subject): \(fault.reason)")
  }

  private mutating func enter(_ field: CorrectionField) {
    switch field.kind {
    case .state: switchSide(field.side)
    case .source, .statistic, .window: step(field, by: 1)
    case .frames, .file, .length, .lag, .amount:
      prompt = Prompt(
        .correction(field), text: correctionForm(field.side).text(field.kind))
    }
  }

  private mutating func step(_ field: CorrectionField, by steps: Int) {
    guard field.kind != .state else { return switchSide(field.side) }
    var form = correctionForm(field.side)
    let whole = FrameRange(start: 0, end: recording.sourceFrames)
    let ranges = [projectedRange.unstepped, whole].compactMap { $0.map { FrameSlice($0) } }
    form.step(field.kind, by: min(max(steps, -1 << 24), 1 << 24), ranges: ranges)
    use(form, on: field.side)
  }

  private mutating func use(_ form: CorrectionForm, on side: CorrectionSwitches.Side) {
    correctionForms[side] = form
    guard form.correction != corrections.correction(side) else { return }
    changingLook { $0.corrections.set(side, to: form.correction) }
  }

  /// Sets nothing on a side; the panel keeps what was set.
  private mutating func takeAway(_ side: CorrectionSwitches.Side) {
    correctionForms[side] = correctionForm(side)
    changingLook { $0.corrections.set(side, to: nil) }
  }

  /// On and off; at first what the panel shows is set.
  private mutating func switchSide(_ side: CorrectionSwitches.Side) {
    guard corrections.correction(side) == nil else {
      return changingLook { $0.corrections.toggle(side) }
    }
    use(correctionForm(side), on: side)
  }
}

extension CorrectionField.Kind {
  /// What can be typed.
  fileprivate var expectation: String {
    switch self {
    case .frames: "frames are A:B, from 0, B left out"
    case .length: "a window has 1 frame or more"
    case .lag: "a lag is a number of frames from 0"
    case .amount: "an amount is 0 to 100 %"
    default: "not here"
    }
  }
}

extension FrameRange {
  /// The same bounds at full cadence.
  fileprivate var unstepped: FrameRange { FrameRange(start: start, end: end) ?? self }
}
