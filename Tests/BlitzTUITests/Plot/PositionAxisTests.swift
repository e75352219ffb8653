import BlitzModel
import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct PositionAxisTests {
  @Test func positionsStandInTheMiddleOfTheirShare() throws {
    let axis = try #require(PositionAxis(10..<15, start: 4, dots: 20))
    #expect((10..<15).map(axis.dot(of:)) == [6, 10, 14, 18, 22])
    #expect((4..<24).map(axis.position(at:)) == (10..<15).flatMap { [$0, $0, $0, $0] })
    #expect(axis.position(at: -100) == 10 && axis.position(at: 100) == 14)
  }

  @Test func emptyAxesDoNotExist() {
    #expect(PositionAxis(3..<3, dots: 5) == nil)
    #expect(PositionAxis(0..<3, dots: 0) == nil)
  }

  @Test func everyPositionBelongsToTheDotItStandsOn() throws {
    var random = SeededRandom(seed: 5)
    for _ in 0..<200 {
      let first = Int.random(in: -50..<50, using: &random)
      let count = Int.random(in: 1..<400, using: &random)
      let start = Int.random(in: 0..<9, using: &random)
      let dots = Int.random(in: 1..<100, using: &random)
      let axis = try #require(PositionAxis(first..<first + count, start: start, dots: dots))
      for position in axis.positions {
        let dot = axis.dot(of: position)
        #expect(dot >= start && dot < start + dots)
        #expect(axis.firstPosition(at: dot) <= position)
        #expect(axis.firstPosition(at: dot + 1) > position)
        if count <= dots { #expect(axis.position(at: dot) == position) }
      }
    }
  }

  @Test func dotsStandWhereTheImageShowsThePixel() throws {
    let canvas = Viewport.Canvas(columns: 50, rows: 40)
    let state = try ViewSamples(rows: 23, columns: 50).state
    let placement = try #require(
      state.viewport.placement(frameColumns: 13, frameRows: 9, canvas: canvas))
    let axis = try #require(
      PositionAxis(
        placement.x..<placement.x + placement.width, start: 2 * placement.column,
        dots: 2 * placement.columns))
    for x in 0..<13 {
      #expect(axis.dot(of: x) / 2 == placement.canvas(x: x, y: 0)?.column)
    }
  }
}
