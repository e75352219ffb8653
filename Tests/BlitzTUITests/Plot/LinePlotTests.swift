import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct LinePlotTests {
  private func series(_ values: [Double], band: PlotSeries.Band? = nil) -> PlotSeries {
    PlotSeries(name: PrintableText("A"), color: 214, values: values, band: band)
  }

  /// A plot of one series that fills an area, and the dots it shows.
  private func plot(
    _ series: PlotSeries, _ area: CellArea, _ direction: LinePlot.Direction = .rightwards
  ) -> (plot: LinePlot, dots: Set<Dot>) {
    var plot = LinePlot()
    let dots = direction == .rightwards ? 2 * area.columns : 4 * area.rows
    plot.begin(area, PositionAxis(0..<series.values.count, dots: dots), direction)
    plot.gather(series)
    guard plot.settleAxis() else { return (plot, []) }
    plot.draw(series, number: 0)
    var grid = CellGrid(rows: area.rows, columns: area.columns)
    plot.write(.braille, to: &grid)
    return (plot, grid.dots(in: area))
  }

  /// Values of a kind that measured data can have, and worse.
  private func values(_ random: inout SeededRandom) -> [Double] {
    let count = [1, 2, 3, 7, 19, 40, 41, 97, 1000].randomElement(using: &random) ?? 1
    let kind = Int.random(in: 0..<5, using: &random)
    return (0..<count).map { index in
      switch kind {
      case 0: 42
      case 1: Double.random(in: -1e9...1e9, using: &random)
      case 2: [Double.nan, .infinity, -.infinity, 0, 1].randomElement(using: &random) ?? 0
      case 3: Double(bitPattern: random.next())
      default: Double(index % 17) / 4
      }
    }
  }

  @Test(arguments: [LinePlot.Direction.rightwards, .downwards])
  func everyFiniteSampleHasItsDot(direction: LinePlot.Direction) throws {
    var random = SeededRandom(seed: 11)
    let area = CellArea(row: 0, column: 0, rows: 5, columns: 10)
    for _ in 0..<300 {
      let values = values(&random)
      let (plot, dots) = plot(series(values), area, direction)
      let positions = try #require(plot.positions)
      for (index, value) in values.enumerated() where value.isFinite {
        let (along, across) = (positions.dot(of: index), plot.values.dot(of: value))
        let inside = plot.values.low <= value && value <= plot.values.high
        let dot =
          direction == .rightwards
          ? Dot(x: along, y: 19 - across) : Dot(x: across, y: along)
        #expect(!inside || dots.contains(dot))
      }
      if !values.contains(where: \.isFinite) { #expect(dots.isEmpty) }
    }
  }

  @Test func neighboursAreJoinedAndGapsStayOpen() throws {
    let area = CellArea(row: 0, column: 0, rows: 2, columns: 10)
    let (plot, dots) = plot(series([0, 8, .nan, 3, 4]), area)
    let axis = try #require(plot.positions)
    let columns = Set(dots.map(\.x))
    #expect(
      columns == Set(axis.dot(of: 0)...axis.dot(of: 1)).union(axis.dot(of: 3)...axis.dot(of: 4)))
  }

  @Test func aSpikeOfOneSampleAmongAMillionIsSeen() {
    var values = [Double](repeating: 100, count: 1_000_000)
    values[654_321] = 900
    let area = CellArea(row: 0, column: 0, rows: 4, columns: 60)
    let (plot, dots) = plot(series(values), area)
    let column = 654_321 * 120 / 1_000_000
    #expect(dots.filter { $0.y < 15 }.map(\.x).allSatisfy { $0 == column })
    #expect((0..<16).allSatisfy { dots.contains(Dot(x: column, y: $0)) })
    #expect(dots.filter { $0.y == 15 }.count == 120)
    #expect(plot.peak(of: series(values), number: 0) == 654_321)
  }

  @Test func theBandLiesBetweenItsBounds() throws {
    let values = [10.0, 20, 10]
    let band = PlotSeries.Band(low: [0, 5, .nan], high: [40, 30, 20])
    let area = CellArea(row: 0, column: 0, rows: 10, columns: 9)
    let (plot, dots) = plot(series(values, band: band), area)
    #expect(plot.values.low == 0 && plot.values.high == 40)
    let axis = try #require(plot.positions)
    let first = dots.filter { $0.x == axis.dot(of: 0) }.map(\.y)
    #expect(first.min() ?? 40 <= 1 && first.max() ?? 0 >= 38)
    // Where a bound is missing there is no band: only the line's dot is left.
    #expect(dots.filter { $0.x == axis.dot(of: 2) }.count <= 2)
  }

  @Test func thePeakIsTheFirstGreatestValue() {
    let area = CellArea(row: 0, column: 0, rows: 1, columns: 2)
    let data = series([1, 7, .infinity, .nan, 7, 2, 3, 7])
    #expect(plot(data, area).plot.peak(of: data, number: 0) == 1)
    let none = series([.nan, .nan])
    #expect(plot(none, area).plot.peak(of: none, number: 0) == nil)
  }
}
