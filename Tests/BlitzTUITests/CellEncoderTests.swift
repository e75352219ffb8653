import BlitzCore
import Testing

@testable import BlitzTUI

/// Spellings written out by hand: a change of the bytes is a decision, not an accident.
@Suite struct CellEncoderTests {
  private let prefix = "\u{1B}7\u{1B}[0m"
  private let suffix = "\u{1B}[0m\u{1B}8"

  @Test func pairsAreReusedInBothDirections() {
    // Upper half, the same exchanged, even in each of the two colours.
    let text = encode([
      [0x010203, 0x0A0B0C, 0x0A0B0C, 0x010203], [0x0A0B0C, 0x010203, 0x0A0B0C, 0x010203],
    ])
    #expect(
      text == prefix + "\u{1B}[1H\u{1B}[38;2;1;2;3;48;2;10;11;12m▀▄ █" + suffix)
  }

  @Test func unchangedCellsAreSkipped() {
    var encoder = ImageEncoder()
    var grid = patch([[7, 7, 7, 7, 7, 7], [7, 7, 7, 7, 7, 7]])
    _ = encoder.encode(grid)
    grid.image.pixels[2] = 9
    grid.image.pixels[8] = 9
    grid.image.pixels[5] = 9
    grid.image.pixels[11] = 9
    #expect(
      String(decoding: encoder.encode(grid), as: UTF8.self)
        == prefix + "\u{1B}[1;3H\u{1B}[48;2;0;0;9m \u{1B}[2C " + suffix)
    #expect(encoder.encode(grid).isEmpty)
  }

  @Test func rowsFollowEachOther() {
    #expect(
      encode([[1, 1], [1, 1], [1, 1], [1, 1]]) == prefix + "\u{1B}[1H\u{1B}[48;2;0;0;1m  \r\n  "
        + suffix)
  }

  @Test func theLastCellOfTheScreenNeverScrolls() {
    var encoder = ImageEncoder()
    var grid = CellGrid(rows: 1, columns: 1)
    grid.image.place(CellArea(row: 0, column: 0, rows: 1, columns: 1))
    #expect(
      String(decoding: encoder.encode(grid), as: UTF8.self)
        == prefix + "\u{1B}[1H\u{1B}[?7l\u{1B}[48;2;0;0;0m \u{1B}[?7h" + suffix)
  }

  @Test func cellsStayWithinTheirBound() {
    var encoder = ImageEncoder()
    var grid = CellGrid(rows: 300, columns: 300)
    grid.image.place(CellArea(row: 0, column: 0, rows: 300, columns: 300))
    for i in grid.image.pixels.indices {
      grid.image.pixels[i] =
        i / 300 % 2 == 0 ? 0xFFFFFF - UInt32(i % 99) : 0xC8C8C8 + UInt32(i % 49)
    }
    #expect(encoder.encode(grid).count <= 300 * 300 * CellEncoder.maximumBytes)
  }

  @Test func buffersAreReused() {
    var output = OutputBuffer()
    var renderer = Renderer()
    var grid = patch(Array(repeating: Array(repeating: 0, count: 60), count: 40))
    for value in 0..<20 {
      for i in grid.image.pixels.indices {
        grid.image.pixels[i] = UInt32((i * 7919 + value) & 0xFFFF)
      }
      output.removeAll()
      let capacity = output.capacity
      _ = renderer.encode(grid.image, of: grid, rung: .exact, into: &output)
      if value > 0 { #expect(output.capacity == capacity) }
    }
  }

  @Test func linesForAStreamMoveNoCursor() {
    let grid = patch([[1, 1, 2], [1, 1, 3]])
    let lines = ImageEncoder.lines(of: grid.image, depth: .rgb)
    #expect(
      String(decoding: lines, as: UTF8.self)
        == "\u{1B}[48;2;0;0;1m  \u{1B}[38;2;0;0;2;48;2;0;0;3m▀\u{1B}[0m\n")
  }

  /// A grid one row and column larger than its image, whose pixels these are.
  private func patch(_ pixels: [[UInt32]]) -> CellGrid {
    let columns = pixels.first?.count ?? 0
    var grid = CellGrid(rows: pixels.count / 2 + 1, columns: columns + 1)
    grid.image.place(CellArea(row: 0, column: 0, rows: pixels.count / 2, columns: columns))
    grid.image.pixels = pixels.flatMap { $0 }
    return grid
  }

  private func encode(_ pixels: [[UInt32]]) -> String {
    var encoder = ImageEncoder()
    return String(decoding: encoder.encode(patch(pixels)), as: UTF8.self)
  }
}
