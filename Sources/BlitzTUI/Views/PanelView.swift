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

/// Draws a panel over an area; longer lists scroll so that the selected row is in view.
public func drawPanel(_ inputs: PanelInputs, area: CellArea, in grid: inout CellGrid) {
  let hasColors = inputs.rows.contains { $0.color > 0 }
  let labels = inputs.rows.map { (hasColors ? 2 : 0) + ($0.switchText + $0.label.text).width }
  let labelWidth = labels.max() ?? 0
  let valueWidth = inputs.rows.map { $0.value.text.width }.max() ?? 0
  let width = max(labelWidth + 2 + valueWidth, inputs.keys.text.width + 2)
  let box = grid.openBox(
    titled: inputs.title.text, rows: max(inputs.rows.count, 1), columns: width, in: area)
  guard let box else { return }
  let top = firstLine(showing: inputs.selected, of: inputs.rows.count, rows: box.rows)
  for (line, index) in inputs.rows.indices.dropFirst(top).prefix(box.rows).enumerated() {
    let row = CellArea(row: box.row + line, column: box.column, rows: 1, columns: box.columns)
    drawRow(
      inputs.rows[index], isSelected: index == inputs.selected, hasColors, labelWidth, row, &grid)
  }
  if inputs.rows.isEmpty {
    grid.write(PrintableText("none"), row: box.row, column: box.column, style: .dim)
  }
  grid.writeFoot(inputs.keys.text, of: box)
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

extension String {
  /// Columns that its scalars take up.
  fileprivate var width: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }
}
