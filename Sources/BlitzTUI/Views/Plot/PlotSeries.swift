public import BlitzCore

/// One line of a plot: a value for each position, counted from 0.
public struct PlotSeries: Equatable, Sendable {
  /// The extremes behind the values of a series, position by position.
  public struct Band: Equatable, Sendable {
    /// Lower and upper bound; positions that either lacks have no band.
    public var low, high: [Double]

    /// A band.
    public init(low: [Double], high: [Double]) { (self.low, self.high) = (low, high) }
  }

  /// What tells it apart in text, such as `A`; its first character stands at the end of the line.
  public let name: PrintableText
  /// The name in the room that it has beside numbers.
  let shortName: PrintableText
  /// What stands at the end of the line instead of the name's first character.
  public var symbol: Unicode.Scalar?
  /// Colour of the line: a cube index 16...255, or 0 for the terminal's own.
  public var color: UInt8
  /// A value for each position; positions beyond the end and values that are not finite are gaps.
  public var values: [Double]
  /// Whether the value of each position is known; a position beyond the end is known if it has a value.
  public var isMeasured: [Bool] = []
  /// Drawn faintly behind the line.
  public var band: Band?
  /// True for context: drawn faintly, and other lines stand before it.
  public var isFaint: Bool

  /// A series.
  public init(
    name: PrintableText, color: UInt8, values: [Double], band: Band? = nil, isFaint: Bool = false
  ) {
    (self.name, self.color, self.values) = (name, color, values)
    shortName = name.cut(to: Self.nameColumns)
    (self.band, self.isFaint) = (band, isFaint)
  }

  /// Room for a name beside numbers.
  static let nameColumns = 12

  /// The value of a position, not a number where there is none; nil while it is not known.
  func value(at position: Int) -> Double? {
    guard values.indices ~= position, !(isMeasured.indices ~= position) || isMeasured[position]
    else { return nil }
    return values[position]
  }

  /// The character at the end of the line.
  var letter: Unicode.Scalar? { symbol ?? name.text.unicodeScalars.first }

  var ink: PlotInk { PlotInk(color, isFaint ? .faint : .plain) }
}
