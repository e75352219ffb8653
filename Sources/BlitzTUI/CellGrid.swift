public import BlitzCore

/// What the screen should show: text cells, and under them at most one image and two bars of colours.
///
/// Views write here and nowhere else. The image, like the bars of its colours, shows through wherever no
/// view wrote; a written space is as opaque as any other character.
public struct CellGrid: Equatable, Sendable {
  /// Extents in cells.
  public private(set) var rows, columns: Int
  /// The image pane's pixels.
  public var image = ImagePatch()
  /// The colours beside the image, as its pixels have them.
  public var colorBar = ImagePatch()
  /// The colours under the histogram, likewise.
  public var colorStrip = ImagePatch()
  /// Where the terminal's cursor stands; nil hides it.
  public var cursor: (row: Int, column: Int)? {
    get { cursorRow < 0 ? nil : (cursorRow, cursorColumn) }
    set { (cursorRow, cursorColumn) = newValue.map { ($0.row, $0.column) } ?? (-1, -1) }
  }
  /// The window title to ask for.
  public var title = PrintableText("")

  private(set) var cells: [Cell]
  private var cursorRow = -1
  private var cursorColumn = -1

  /// An empty grid; extents below 0 become 0.
  public init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (max(rows, 0), max(columns, 0))
    cells = Array(repeating: .unwritten, count: self.rows * self.columns)
  }

  /// Empties the text and hides the cursor; the image stays. Keeps its memory.
  public mutating func clear() {
    for i in cells.indices { cells[i] = .unwritten }
    cursor = nil
  }

  /// Forgets the text of a row.
  public mutating func clear(row: Int) {
    guard row >= 0, row < rows else { return }
    for i in row * columns..<(row + 1) * columns { cells[i] = .unwritten }
  }

  /// The text cell at a place; one that nobody wrote and one outside the grid read blank, and
  /// writes outside are ignored. What is written covers the image, a space too.
  public subscript(row: Int, column: Int) -> Cell {
    get { isWritten(row: row, column: column) ? cells[row * columns + column] : .blank }
    set { if contains(row, column) { cells[row * columns + column] = newValue } }
  }

  /// True where a view wrote since the last `clear`, and so covers the image.
  public func isWritten(row: Int, column: Int) -> Bool {
    contains(row, column) && cells[row * columns + column].isWritten
  }

  /// Covers an area with spaces of one style, such as the ground of an overlay.
  public mutating func fill(_ area: CellArea, style: TextStyle = .plain) {
    let rows = max(area.row, 0)..<max(min(area.row + area.rows, self.rows), max(area.row, 0))
    for row in rows {
      for column in area.column..<area.column + area.columns {
        self[row, column] = Cell(" ", style)
      }
    }
  }

  /// Writes printable text from a cell on, cut at `width` columns and at the grid's edge.
  ///
  /// - Returns: The columns used. Marks that combine with the character before them have no cell of
  ///   their own and are left out; a wide character takes two cells, the second one `continuation`.
  @discardableResult
  public mutating func write(
    _ text: PrintableText, row: Int, column: Int, width: Int = .max, style: TextStyle = .plain
  ) -> Int {
    var used = 0
    for scalar in text.text.unicodeScalars {
      let cells = scalar.columns
      guard cells > 0 else { continue }
      guard used + cells <= width else { break }
      self[row, column + used] = Cell(scalar, style)
      if cells == 2 { self[row, column + used + 1] = Cell(Self.continuation, style) }
      used += cells
    }
    return used
  }

  /// Stands in the second cell of a wide character; never sent.
  public static let continuation: Unicode.Scalar = "\u{0}"

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < rows && column >= 0 && column < columns
  }

  /// Equal when they show the same.
  public static func == (a: CellGrid, b: CellGrid) -> Bool {
    a.rows == b.rows && a.columns == b.columns && a.cursorRow == b.cursorRow
      && a.cursorColumn == b.cursorColumn && a.title == b.title && a.cells == b.cells
      && a.image == b.image && a.colorBar == b.colorBar && a.colorStrip == b.colorStrip
  }
}
