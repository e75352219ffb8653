public import BlitzCore

/// A small form or list: rows of label and value, one of them selected.
public struct PanelInputs: Equatable, Sendable {
  /// One line of the form.
  public struct Row: Equatable, Sendable {
    /// What it is, and what it is set to.
    public var label, value: PrintableText
    /// Shown as a box that is ticked or not; nil for rows that are not switched.
    public var isOn: Bool?
    /// False for what has no effect as things stand.
    public var isEnabled: Bool
    /// Cube index of a swatch before the label; 0 for none.
    public var color: UInt8

    /// A row.
    public init(
      _ label: PrintableText, _ value: PrintableText, isOn: Bool? = nil, isEnabled: Bool = true,
      color: UInt8 = 0
    ) {
      (self.label, self.value, self.isOn) = (label, value, isOn)
      (self.isEnabled, self.color) = (isEnabled, color)
    }

    /// What stands before the label.
    fileprivate var switchText: String { isOn.map { $0 ? "[x] " : "[ ] " } ?? "" }
  }

  /// Stands in the frame's top line.
  public var title: PrintableText
  /// The lines.
  public var rows: [Row]
  /// Which line keys act on.
  public var selected: Int
  /// The keys that do something here, in the frame's bottom line.
  public var keys: PrintableText

  /// A panel.
  public init(title: PrintableText, rows: [Row], selected: Int, keys: PrintableText) {
    (self.title, self.rows, self.selected, self.keys) = (title, rows, selected, keys)
  }
}

/// Draws a panel over an area; longer lists scroll so that the selected row is in view. Where its value
/// does not fit, it stands in full under the list.
public func drawPanel(_ inputs: PanelInputs, area: CellArea, in grid: inout CellGrid) {
  let hasColors = inputs.rows.contains { $0.color > 0 }
  let labels = inputs.rows.map { (hasColors ? 2 : 0) + ($0.switchText.count + $0.label.width) }
  let labelWidth = labels.max() ?? 0
  let valueWidth = inputs.rows.map(\.value.width).max() ?? 0
  let width = max(labelWidth + 2 + valueWidth, inputs.keys.width + 2)
  let detail = cutValue(inputs, room: area.columns - 4, labelWidth)
  let box = grid.openBox(
    titled: inputs.title.text, rows: max(inputs.rows.count, 1) + detail.count, columns: width,
    in: area)
  guard let box else { return }
  let shown = max(box.rows - detail.count, min(box.rows, 1))
  let top = firstLine(showing: inputs.selected, of: inputs.rows.count, rows: shown)
  for (line, text) in detail.prefix(box.rows - shown).enumerated() {
    let row = box.row + shown + line
    grid.write(text, row: row, column: box.column + 2, width: box.columns - 2, style: .dim)
  }
  for (line, index) in inputs.rows.indices.dropFirst(top).prefix(shown).enumerated() {
    let row = CellArea(row: box.row + line, column: box.column, rows: 1, columns: box.columns)
    drawRow(
      inputs.rows[index], isSelected: index == inputs.selected, hasColors, labelWidth, row, &grid)
  }
  if inputs.rows.isEmpty {
    grid.write(PrintableText("none"), row: box.row, column: box.column, style: .dim)
  }
  grid.writeFoot(inputs.keys.text, of: box)
}

/// The selected row's value in lines, where there is not room for it beside its label.
private func cutValue(_ inputs: PanelInputs, room: Int, _ labelWidth: Int) -> [PrintableText] {
  guard inputs.rows.indices.contains(inputs.selected), room >= 10,
    case let value = inputs.rows[inputs.selected].value, value.width > room - labelWidth - 2
  else { return [] }
  return value.lines(width: room - 2)
}

private func drawRow(
  _ row: PanelInputs.Row, isSelected: Bool, _ hasColors: Bool, _ labelWidth: Int,
  _ area: CellArea, _ grid: inout CellGrid
) {
  let style = TextStyle(isSelected ? .reverse : row.isEnabled ? [] : .dim)
  grid.fill(area, style: style)
  var column = area.column
  if hasColors {
    if row.color > 0 {
      grid[area.row, column] = Cell("■", TextStyle(foreground: row.color, style.attributes))
    }
    column += 2
  }
  grid.write(
    PrintableText(row.switchText + row.label.text), row: area.row, column: column,
    width: area.columns - (column - area.column), style: style)
  grid.write(
    row.value, row: area.row, column: area.column + labelWidth + 2,
    width: area.columns - labelWidth - 2, style: style)
}
