/// Colour and standing of a dot in a plot.
struct PlotInk: Hashable {
  /// What gives way to what inside one cell, weakest first.
  enum Standing: UInt8, Comparable {
    case none, faint, plain

    static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }
  }

  /// A cube index 16...255, or 0 for the terminal's own colour.
  let color: UInt8
  let standing: Standing

  init(_ color: UInt8, _ standing: Standing = .plain) {
    (self.color, self.standing) = (color, standing)
  }

  static let none = PlotInk(0, .none)
  static let grid = PlotInk(0, .faint)

  var style: TextStyle { TextStyle(foreground: color, standing == .faint ? .dim : []) }
}
