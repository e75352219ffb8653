/// How the frame lies on the screen: turned by quarters and mirrored. The data keep their coordinates.
///
/// A direction of the source becomes one of the screen by exchanging the axes first, where they are
/// exchanged, and mirroring then.
public struct Orientation: Hashable, Sendable {
  /// An axis of the screen.
  public enum Axis: String, CaseIterable, Hashable, Sendable { case x, y }

  /// True when the rows of the source run down the screen.
  public private(set) var isTransposed = false
  /// True when the screen's left and right, or top and bottom, are exchanged after that.
  public private(set) var mirrorsX = false
  /// Likewise for top and bottom.
  public private(set) var mirrorsY = false

  /// As the source is.
  public init() {}

  /// All eight ways to lie.
  static let all: [Orientation] = (0..<8).map { way in
    var orientation = Orientation()
    if way & 4 != 0 { orientation.rotate() }
    if way & 2 != 0 { orientation.flip(.x) }
    if way & 1 != 0 { orientation.flip(.y) }
    return orientation
  }

  /// Reads `word`; nil for anything else.
  init?(word: Substring) {
    guard let orientation = Self.all.first(where: { $0.word.map { $0 == word } ?? false }) else {
      return nil
    }
    self = orientation
  }

  /// `text` as one word.
  var word: String? { text.map { String($0.map { $0 == " " ? "-" : $0 }) } }

  /// Exchanges left and right (x), or top and bottom (y), of what the screen shows.
  mutating func flip(_ axis: Axis) {
    switch axis {
    case .x: mirrorsX.toggle()
    case .y: mirrorsY.toggle()
    }
  }

  /// Turns what the screen shows by a quarter, clockwise.
  mutating func rotate() {
    isTransposed.toggle()
    (mirrorsX, mirrorsY) = (!mirrorsY, mirrorsX)
  }

  /// The step in the source that looks like one to the right and down on the screen.
  func sourceStep(_ columns: Int, _ rows: Int) -> (columns: Int, rows: Int) {
    let step = (columns: mirrorsX ? -columns : columns, rows: mirrorsY ? -rows : rows)
    return isTransposed ? (step.rows, step.columns) : step
  }

  /// Extents, or anything else without a sign, from the screen's axes to the source's or back.
  public func exchanged<Value>(_ pair: (Value, Value)) -> (Value, Value) {
    isTransposed ? (pair.1, pair.0) : pair
  }

  /// Where a pixel of an image as it lies would be if the source lay upright.
  ///
  /// - Parameter size: Columns and rows of the image as it lies.
  public func upright(
    column: Int, row: Int, of size: (columns: Int, rows: Int)
  ) -> (column: Int, row: Int) {
    exchanged(
      (mirrorsX ? size.columns - 1 - column : column, mirrorsY ? size.rows - 1 - row : row))
  }

  /// What brings the source to how it lies: `flip x`, `rotate 90 flip y`; nil when nothing does.
  public var text: String? {
    switch (isTransposed, mirrorsX, mirrorsY) {
    case (false, false, false): nil
    case (false, true, false): "flip x"
    case (false, false, true): "flip y"
    case (false, true, true): "rotate 180"
    case (true, true, false): "rotate 90"
    case (true, false, true): "rotate 270"
    case (true, false, false): "rotate 90 flip x"
    case (true, true, true): "rotate 90 flip y"
    }
  }

  /// Reads `text`, written without spaces; nil for anything else.
  init?(text: Substring) {
    var orientation = Orientation()
    for _ in 0..<4 {
      orientation.rotate()
      for axis in [nil] + Axis.allCases.map(Optional.some) {
        var turned = orientation
        if let axis { turned.flip(axis) }
        guard turned.text?.filter({ $0 != " " }) == String(text) else { continue }
        self = turned
        return
      }
    }
    return nil
  }
}
