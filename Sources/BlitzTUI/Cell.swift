/// How one text cell looks; colours are indices of the xterm 256-colour cube, 16...255, or none.
///
/// The sixteen base colours are left out on purpose: people theme them.
public struct TextStyle: Hashable, Sendable {
  /// Attributes of the text.
  public struct Attributes: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Any combination of bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Heavier or brighter.
    public static let bold = Attributes(rawValue: 1)
    /// Fainter.
    public static let dim = Attributes(rawValue: 2)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 4)
    /// Underlined.
    public static let underline = Attributes(rawValue: 8)
  }

  /// Colour of the glyph: a cube index 16...255, or 0 for the terminal's own.
  public var foreground: UInt8
  /// Colour behind the glyph, likewise.
  public var background: UInt8
  /// Attributes on top.
  public var attributes: Attributes

  /// A style; by default the terminal's own colours and no attribute.
  public init(foreground: UInt8 = 0, background: UInt8 = 0, _ attributes: Attributes = []) {
    (self.foreground, self.background, self.attributes) = (foreground, background, attributes)
  }

  /// The terminal's own colours.
  public static let plain = TextStyle()
}

/// One cell of text. A cell that no view wrote looks like a space in plain style, or shows the image.
public struct Cell: Hashable, Sendable {
  /// A printable scalar one column wide; wide characters occupy a cell and `continuation`.
  public var scalar: Unicode.Scalar
  /// How it looks.
  public var style: TextStyle

  /// A cell showing one scalar.
  public init(_ scalar: Unicode.Scalar, _ style: TextStyle = .plain) {
    (self.scalar, self.style) = (scalar, style)
  }

  /// An empty cell.
  public static let blank = Cell(" ")

  /// Marks a cell of a grid that no view wrote; a noncharacter, which no text contains.
  static let unwritten = Cell("\u{FFFF}")

  /// False for the mark above.
  var isWritten: Bool { scalar != Self.unwritten.scalar }
}

/// A rectangle of cells on the screen.
public struct CellArea: Hashable, Sendable {
  /// Top left cell and extents, all from 0; an empty area has no rows or no columns.
  public var row, column, rows, columns: Int

  /// An area; extents below 0 become 0.
  public init(row: Int, column: Int, rows: Int, columns: Int) {
    (self.row, self.column) = (row, column)
    (self.rows, self.columns) = (max(rows, 0), max(columns, 0))
  }

  /// No cell at all.
  public static let empty = CellArea(row: 0, column: 0, rows: 0, columns: 0)

  /// True when it holds no cell.
  public var isEmpty: Bool { rows == 0 || columns == 0 }

  /// True when the cell lies inside.
  public func contains(row r: Int, column c: Int) -> Bool {
    r >= row && r < row + rows && c >= column && c < column + columns
  }
}
