import BlitzCore

/// Which part of a frame the image pane shows, and how large.
public struct Viewport: Equatable, Sendable {
  /// The screen's pixels that the image pane offers: a cell is two or four of them.
  public struct Canvas: Equatable, Sendable {
    /// Pixel columns and rows; 0 while nothing fits.
    public let columns, rows: Int
    /// Height of a screen pixel over its width; 1 when half blocks are square.
    public let pixelAspect: Double
    /// How many pixels share a cell.
    public let cells: CellShape

    /// A canvas; an implausible aspect becomes 1.
    public init(columns: Int, rows: Int, pixelAspect: Double = 1, cells: CellShape = .half) {
      (self.columns, self.rows, self.cells) = (max(columns, 0), max(rows, 0), cells)
      self.pixelAspect = 0.2...5 ~= pixelAspect ? pixelAspect : 1
    }
  }

  static let magnificationLimits = 1.0 / 64...256.0

  /// Canvas columns for a source column; nil fits the whole frame.
  public private(set) var magnification: Double?
  /// How the source lies on the canvas.
  public internal(set) var orientation = Orientation()
  private var centerX = 0.5
  private var centerY = 0.5

  /// The whole frame, as large as fits.
  public init() {}

  /// Screen pixels to source pixels, such as `2:1` or `1:4`; nil while the whole frame is fitted.
  public var ratio: String? {
    magnification.map { $0 < 1 ? "1:\((1 / $0).text(digits: 3))" : "\($0.text(digits: 3)):1" }
  }

  /// The magnification in force for a frame on a canvas.
  public func scale(frameColumns: Int, frameRows: Int, canvas: Canvas) -> Double {
    magnification ?? fit(frameColumns, frameRows, canvas)
  }

  /// Where the frame lands on a canvas; nil when there is no room for a pixel.
  public func placement(frameColumns: Int, frameRows: Int, canvas: Canvas) -> Placement? {
    guard canvas.columns > 0, canvas.rows > 0, frameColumns > 0, frameRows > 0 else { return nil }
    let scale = scale(frameColumns: frameColumns, frameRows: frameRows, canvas: canvas)
    let size = orientation.exchanged((frameColumns, frameRows))
    let center = orientation.exchanged((centerX, centerY))
    let across = Axis(
      extent: size.0, room: canvas.columns, scale: scale, center: center.0)
    let down = Axis(
      extent: size.1, room: canvas.rows, scale: scale / canvas.pixelAspect, center: center.1)
    let (x, y) = orientation.exchanged((across, down))
    return Placement(
      x: x.start, y: y.start, width: x.visible, height: y.visible, column: across.offset,
      row: down.offset, columns: across.pixels, rows: down.pixels, orientation: orientation,
      cells: canvas.cells)
  }

  mutating func zoom(_ step: Action.ZoomStep, times: Int, from scale: Double) {
    let factor = step == .closer ? 2.0.squareRoot() : 0.5.squareRoot()
    let next = (0..<min(times, 64)).reduce(scale) { value, _ in value * factor }
    magnification = min(
      max(next, Self.magnificationLimits.lowerBound), Self.magnificationLimits.upperBound)
  }

  mutating func toggleFit() { magnification = magnification == nil ? 1 : nil }

  /// Moves the view over the screen by parts of what is visible, in tenths.
  mutating func pan(columns: Int, rows: Int, visible: Placement, frameColumns: Int, frameRows: Int)
  {
    func moved(_ center: Double, _ tenths: Int, _ visible: Int, _ extent: Int) -> Double {
      let share = Double(visible) / Double(extent)
      let limits = share / 2...max(1 - share / 2, share / 2)
      let inside = min(max(center, limits.lowerBound), limits.upperBound)
      return min(max(inside + Double(tenths) * share / 10, limits.lowerBound), limits.upperBound)
    }
    let step = orientation.sourceStep(columns, rows)
    centerX = moved(centerX, step.columns, visible.width, frameColumns)
    centerY = moved(centerY, step.rows, visible.height, frameRows)
  }

  /// Moves the view by whole source pixels, as a drag does; beyond the frame's edge it stays.
  mutating func shift(x: Int, y: Int, visible: Placement, frameColumns: Int, frameRows: Int) {
    func center(_ start: Int, _ step: Int, _ visible: Int, _ extent: Int) -> Double {
      let first = min(max(start + step, 0), extent - visible)
      return (Double(first) + Double(visible) / 2) / Double(extent)
    }
    centerX = center(visible.x, x, visible.width, frameColumns)
    centerY = center(visible.y, y, visible.height, frameRows)
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
    let scale = fit(width + max(1, width / 5), height + max(1, height / 5), canvas)
    guard scale > 0 else { return }
    magnification = min(
      max(scale, Self.magnificationLimits.lowerBound), Self.magnificationLimits.upperBound)
    center(x: x + width / 2, y: y + height / 2, frameColumns: frameColumns, frameRows: frameRows)
  }

  private func fit(_ frameColumns: Int, _ frameRows: Int, _ canvas: Canvas) -> Double {
    let size = orientation.exchanged((frameColumns, frameRows))
    return min(
      Double(canvas.columns) / Double(size.0),
      Double(canvas.rows) * canvas.pixelAspect / Double(size.1))
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
