/// Which part of a frame the image pane shows, and how large.
public struct Viewport: Equatable, Sendable {
  /// The screen's pixels that the image pane offers: half blocks are two pixels above each other.
  public struct Canvas: Equatable, Sendable {
    /// Pixel columns and rows; 0 while nothing fits.
    public let columns, rows: Int
    /// Height of a screen pixel over its width; 1 when half blocks are square.
    public let pixelAspect: Double

    /// A canvas; an implausible aspect becomes 1.
    public init(columns: Int, rows: Int, pixelAspect: Double = 1) {
      (self.columns, self.rows) = (max(columns, 0), max(rows, 0))
      self.pixelAspect = 0.2...5 ~= pixelAspect ? pixelAspect : 1
    }
  }

  /// Source pixels that are visible and the canvas pixels they fill.
  public struct Placement: Equatable, Hashable, Sendable {
    /// Top left source pixel and extents in source pixels.
    public let x, y, width, height: Int
    /// Top left canvas pixel and extents in canvas pixels.
    public let column, row, columns, rows: Int

    /// The source pixel under the middle of a canvas pixel; nil beside the image.
    public func source(column c: Int, row r: Int) -> (x: Int, y: Int)? {
      guard c >= column, c < column + columns, r >= row, r < row + rows else { return nil }
      return (
        x + (2 * (c - column) + 1) * width / (2 * columns),
        y + (2 * (r - row) + 1) * height / (2 * rows)
      )
    }

    /// The canvas pixel that shows the middle of a source pixel; nil when it is not visible.
    public func canvas(x sx: Int, y sy: Int) -> (column: Int, row: Int)? {
      guard sx >= x, sx < x + width, sy >= y, sy < y + height else { return nil }
      return (
        column + (2 * (sx - x) + 1) * columns / (2 * width),
        row + (2 * (sy - y) + 1) * rows / (2 * height)
      )
    }
  }

  static let magnificationLimits = 1.0 / 64...256.0

  /// Canvas columns for a source column; nil fits the whole frame.
  public private(set) var magnification: Double?
  private var centerX = 0.5
  private var centerY = 0.5

  /// The whole frame, as large as fits.
  public init() {}

  /// The magnification in force for a frame on a canvas.
  public func scale(frameColumns: Int, frameRows: Int, canvas: Canvas) -> Double {
    magnification ?? Self.fit(frameColumns, frameRows, canvas)
  }

  /// Where the frame lands on a canvas; nil when there is no room for a pixel.
  public func placement(frameColumns: Int, frameRows: Int, canvas: Canvas) -> Placement? {
    guard canvas.columns > 0, canvas.rows > 0, frameColumns > 0, frameRows > 0 else { return nil }
    let scale = scale(frameColumns: frameColumns, frameRows: frameRows, canvas: canvas)
    let across = Axis(extent: frameColumns, room: canvas.columns, scale: scale, center: centerX)
    let down = Axis(
      extent: frameRows, room: canvas.rows, scale: scale / canvas.pixelAspect, center: centerY)
    return Placement(
      x: across.start, y: down.start, width: across.visible, height: down.visible,
      column: across.offset, row: down.offset, columns: across.pixels, rows: down.pixels)
  }

  mutating func zoom(_ step: Action.ZoomStep, times: Int, from scale: Double) {
    let factor = step == .closer ? 2.0.squareRoot() : 0.5.squareRoot()
    let next = (0..<min(times, 64)).reduce(scale) { value, _ in value * factor }
    magnification = min(
      max(next, Self.magnificationLimits.lowerBound), Self.magnificationLimits.upperBound)
  }

  mutating func toggleFit() { magnification = magnification == nil ? 1 : nil }

  /// Moves the view by parts of what is visible, in tenths.
  mutating func pan(columns: Int, rows: Int, visible: Placement, frameColumns: Int, frameRows: Int)
  {
    func moved(_ center: Double, _ tenths: Int, _ visible: Int, _ extent: Int) -> Double {
      let share = Double(visible) / Double(extent)
      let limits = share / 2...max(1 - share / 2, share / 2)
      let inside = min(max(center, limits.lowerBound), limits.upperBound)
      return min(max(inside + Double(tenths) * share / 10, limits.lowerBound), limits.upperBound)
    }
    centerX = moved(centerX, columns, visible.width, frameColumns)
    centerY = moved(centerY, rows, visible.height, frameRows)
  }

  /// Centres the view on a source pixel as far as the frame allows.
  mutating func center(x: Int, y: Int, frameColumns: Int, frameRows: Int) {
    centerX = (Double(x) + 0.5) / Double(frameColumns)
    centerY = (Double(y) + 0.5) / Double(frameRows)
  }

  /// Fills the canvas with a box of the frame, a tenth of it left free around.
  mutating func show(
    x: Int, y: Int, width: Int, height: Int, frameColumns: Int, frameRows: Int, canvas: Canvas
  ) {
    let scale = Self.fit(width + max(1, width / 5), height + max(1, height / 5), canvas)
    guard scale > 0 else { return }
    magnification = min(
      max(scale, Self.magnificationLimits.lowerBound), Self.magnificationLimits.upperBound)
    center(x: x + width / 2, y: y + height / 2, frameColumns: frameColumns, frameRows: frameRows)
  }

  private static func fit(_ frameColumns: Int, _ frameRows: Int, _ canvas: Canvas) -> Double {
    min(
      Double(canvas.columns) / Double(frameColumns),
      Double(canvas.rows) * canvas.pixelAspect / Double(frameRows))
  }
}

extension Viewport {
  /// Magnification and centre as `M:X:Y`; nil for a frame that is fitted.
  var text: String? { magnification.map { "\($0):\(centerX):\(centerY)" } }

  /// Reads `text`; nil for anything else.
  init?(text: Substring) {
    let numbers = text.split(separator: ":").compactMap { Double($0) }
    guard numbers.count == 3, Self.magnificationLimits ~= numbers[0], 0...1 ~= numbers[1],
      0...1 ~= numbers[2]
    else { return nil }
    magnification = numbers[0]
    (centerX, centerY) = (numbers[1], numbers[2])
  }
}

/// One direction of a placement: whole source pixels on whole screen pixels.
private struct Axis {
  let start, visible, offset, pixels: Int

  init(extent: Int, room: Int, scale: Double, center: Double) {
    let wanted = max(1, Int(min(Double(extent) * scale, 1e6).rounded()))
    if wanted <= room {
      (start, visible, pixels) = (0, extent, wanted)
    } else {
      visible = min(extent, max(1, Int((Double(room) / scale).rounded())))
      let first = (center * Double(extent) - Double(visible) / 2).rounded()
      start = min(max(Int(first), 0), extent - visible)
      pixels = min(room, max(1, Int((Double(visible) * scale).rounded())))
    }
    offset = (room - pixels) / 2
  }
}
