import BlitzCore
import BlitzModel

/// What can be saved: the name each would get, or what it lacks.
func exportPanel(_ state: ViewerState) -> PanelInputs {
  let rows = Export.allCases.map { export in
    let obstacle = state.obstacle(to: export)
    return PanelInputs.Row(
      PrintableText(export.title),
      PrintableText(obstacle ?? state.suggestedName(for: export)), isEnabled: obstacle == nil)
  }
  return PanelInputs(
    title: PrintableText("save"), rows: rows, selected: state.overlayRow,
    keys: PrintableText("Enter asks for the name  Esc"))
}
