import BlitzCore
import BlitzModel

/// What is subtracted and divided out, line by line, and the mask, which has no keys of its own.
func correctionPanel(_ state: ViewerState) -> PanelInputs {
  let mask = state.corrections.set.mask.map { mask in
    PanelInputs.Row(PrintableText("mask"), PrintableText(mask.text))
  }
  return PanelInputs(
    title: PrintableText("corrections"),
    rows: state.correctionFields.map { correctionRow($0, state) } + [mask].compactMap(\.self),
    selected: state.overlayRow,
    keys: PrintableText("Left Right change  Enter types  Space on/off  x none  Esc"))
}

private func correctionRow(_ field: CorrectionField, _ state: ViewerState) -> PanelInputs.Row {
  let form = state.correctionForm(field.side)
  let switches = state.corrections
  let fault = state.correctionFault(field.side).map { "  ! \($0)" } ?? ""
  let text = form.text(field.kind)
  switch field.kind {
  case .state:
    let isSubtract = field.side == .subtract
    let set = isSubtract ? switches.set.subtract : switches.set.divide
    return PanelInputs.Row(
      PrintableText(isSubtract ? "subtract" : "divide"),
      PrintableText((set?.text ?? "none") + (form.source == .file ? "" : fault)),
      isOn: isSubtract ? switches.subtracts : switches.divides)
  case .file:
    let name = text.isEmpty ? "Enter names it" : text
    return PanelInputs.Row(PrintableText("    file"), PrintableText(name + fault))
  default:
    let unit = field.kind == .amount ? " %" : field.kind == .length ? " frames" : ""
    return PanelInputs.Row(PrintableText("    \(field.kind.rawValue)"), PrintableText(text + unit))
  }
}
