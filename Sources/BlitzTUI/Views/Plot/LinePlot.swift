/// Draws series of values over positions, along either side of an area.
///
/// Keeps its memory from draw to draw. Used in this order: `begin`, `gather` for each series, marks,
/// `draw` for each series, `write`.
struct LinePlot {
  /// Where positions grow to, and values across them.
  enum Direction { case rightwards, downwards }

  private(set) var canvas = BrailleCanvas()
  private(set) var positions: PositionAxis?
  private(set) var values = ValueAxis(covering: 0...1, dots: 1)
  private var direction = Direction.rightwards
  private var knots: [PlotKnot] = []
  private var extent = (low: Double.infinity, high: -Double.infinity)

  init() {}

  /// Knots of a series: one a position, or one a dot where there are more positions than dots.
  private var knotsOfSeries: Int { positions.map { min($0.positions.count, $0.dots) } ?? 0 }

  /// Dots across the positions.
  private var across: Int { direction == .rightwards ? canvas.height : canvas.width }

  /// Starts anew; nothing is drawn while `positions` is nil.
  mutating func begin(_ area: CellArea, _ positions: PositionAxis?, _ direction: Direction) {
    canvas.begin(area)
    (self.positions, self.direction) = (positions, direction)
    knots.removeAll(keepingCapacity: true)
    extent = (.infinity, -.infinity)
  }

  /// Reduces a series to what the dots can show and widens the values' range to hold it.
  ///
  /// - Complexity: O(positions shown).
  mutating func gather(_ series: PlotSeries) {
    guard let positions else { return }
    for index in 0..<knotsOfSeries {
      let knot = PlotKnot(series, positions: positions.knot(index))
      knot.widen(&extent.low, &extent.high)
      knots.append(knot)
    }
  }

  /// Settles the values' axis; false when there is nothing to show.
  mutating func settleAxis() -> Bool {
    guard extent.low <= extent.high else { return false }
    values = ValueAxis(covering: extent.low...extent.high, dots: across)
    return true
  }

  /// A line across the plot at a position.
  mutating func mark(position: Int, _ ink: PlotInk, every step: Int = 1) {
    guard let positions, positions.positions.contains(position) else { return }
    let along = positions.dot(of: position)
    for dot in stride(from: 0, to: across, by: step) { set(along, dot, ink) }
  }

  /// A dotted line along the plot at a value within the axis.
  mutating func mark(value: Double, _ ink: PlotInk, every step: Int = 2) {
    guard let positions, values.low <= value, value <= values.high else { return }
    let dot = values.dot(of: value)
    for along in stride(from: positions.start, to: positions.start + positions.dots, by: step) {
      set(along, dot, ink)
    }
  }

  /// Draws the band of the series gathered as number `index`, then its line.
  mutating func draw(_ series: PlotSeries, number index: Int) {
    let first = index * knotsOfSeries
    for knot in first..<first + knotsOfSeries { drawBand(knot, first, series.color) }
    for knot in first..<first + knotsOfSeries { drawLine(knot, first, series.ink) }
  }

  /// The position with the greatest value shown of a series; the first one of equals.
  func peak(of series: PlotSeries, number index: Int) -> Int? {
    guard let positions else { return nil }
    let first = index * knotsOfSeries
    var best: (knot: Int, value: Double)?
    for knot in 0..<knotsOfSeries where knots[first + knot].high > best?.value ?? -.infinity {
      best = (knot, knots[first + knot].high)
    }
    guard let best else { return nil }
    for position in positions.knot(best.knot) where series.values[position] == best.value {
      return position
    }
    return nil
  }

  /// Where the line of a series ends: its last knot with a value.
  func end(ofSeries index: Int) -> Double? {
    var knot = (index + 1) * knotsOfSeries - 1
    while knot >= index * knotsOfSeries {
      if knots[knot].exit.isFinite { return knots[knot].exit }
      knot -= 1
    }
    return nil
  }

  /// Puts what was drawn into a grid.
  func write(_ glyphs: PlotGlyphs, to grid: inout CellGrid) { canvas.write(glyphs, to: &grid) }

  private mutating func drawLine(_ knot: Int, _ first: Int, _ ink: PlotInk) {
    guard let positions, knots[knot].low.isFinite else { return }
    let along = positions.dot(ofKnot: knot - first)
    let here = knots[knot]
    line((along, here.low), (along, here.high), ink)
    if knot > first, knots[knot - 1].exit.isFinite, here.entry.isFinite {
      line(
        (positions.dot(ofKnot: knot - 1 - first), knots[knot - 1].exit), (along, here.entry), ink)
    }
  }

  /// Fills between the bounds, every second dot so that the line stands out; bounds between two
  /// knots lie on the straight line between them.
  private mutating func drawBand(_ knot: Int, _ first: Int, _ color: UInt8) {
    guard let positions, knots[knot].bandLow.isFinite, knots[knot].bandHigh.isFinite else { return }
    let along = positions.dot(ofKnot: knot - first)
    let (low, high) = (values.dot(of: knots[knot].bandLow), values.dot(of: knots[knot].bandHigh))
    fill(along, low, high, color)
    guard knot > first, knots[knot - 1].bandLow.isFinite, knots[knot - 1].bandHigh.isFinite
    else { return }
    let before = positions.dot(ofKnot: knot - 1 - first)
    let lowBefore = values.dot(of: knots[knot - 1].bandLow)
    let highBefore = values.dot(of: knots[knot - 1].bandHigh)
    for dot in before + 1..<max(along, before + 1) {
      let (part, whole) = (dot - before, along - before)
      fill(
        dot, lowBefore + (low - lowBefore) * part / whole,
        highBefore + (high - highBefore) * part / whole, color)
    }
  }

  private mutating func fill(_ along: Int, _ low: Int, _ high: Int, _ color: UInt8) {
    guard low <= high else { return }
    for dot in low...high where (along + dot).isMultiple(of: 2) {
      set(along, dot, PlotInk(color, .faint))
    }
  }

  private mutating func line(
    _ a: (along: Int, value: Double), _ b: (along: Int, value: Double), _ ink: PlotInk
  ) {
    canvas.line(
      from: place(a.along, values.dot(of: a.value)), to: place(b.along, values.dot(of: b.value)),
      ink)
  }

  private mutating func set(_ along: Int, _ dot: Int, _ ink: PlotInk) {
    let place = place(along, dot)
    canvas.set(x: place.x, y: place.y, ink)
  }

  private func place(_ along: Int, _ dot: Int) -> (x: Int, y: Int) {
    direction == .rightwards ? (along, canvas.height - 1 - dot) : (dot, along)
  }
}

extension PositionAxis {
  /// The positions that the knot stands for.
  fileprivate func knot(_ index: Int) -> Range<Int> {
    guard positions.count > dots else {
      return positions.lowerBound + index..<positions.lowerBound + index + 1
    }
    return firstPosition(at: start + index)..<firstPosition(at: start + index + 1)
  }

  /// Where a knot stands.
  fileprivate func dot(ofKnot index: Int) -> Int {
    positions.count > dots ? start + index : dot(of: positions.lowerBound + index)
  }
}
