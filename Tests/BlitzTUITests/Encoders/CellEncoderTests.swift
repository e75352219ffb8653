import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzTUI

/// Spellings written out by hand: a change of the bytes is a decision, not an accident.
@Suite struct CellEncoderTests {
  private let prefix = "\u{1B}7\u{1B}[r\u{1B}[0m"
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

  @Test func cellsOfTheSameColoursAreDrawnTogether() {
    // Two pairs of colours side by side over two rows, then a cell of one colour that both pairs need.
    #expect(
      encode([[1, 3, 1, 3, 1], [2, 4, 2, 4, 1], [1, 3, 2, 4, 4], [2, 4, 1, 3, 4]])
        == prefix + "\u{1B}[1H\u{1B}[38;2;0;0;1;48;2;0;0;2m▀\u{1B}[C▀\r\n▀\u{1B}[C▄\u{1B}[1;5H█"
        + "\u{8}\u{8}\u{8}\u{8}\u{1B}[38;2;0;0;3;48;2;0;0;4m▀\u{1B}[C▀\u{1B}[2;2H▀\u{1B}[C▄ "
        + suffix)
  }

  @Test func noiseOfFewLevelsTakesHalfOfWhatRowsWould() {
    var random = SeededRandom(seed: 3)
    var encoder = ImageEncoder()
    var grid = patch(Array(repeating: Array(repeating: 0, count: 160), count: 96))
    for i in grid.image.pixels.indices {
      grid.image.pixels[i] = 0x010101 * UInt32.random(in: 100..<114, using: &random)
    }
    // Row by row nearly every cell needs both colours: 37 bytes and a block.
    #expect(encoder.encode(grid).count < 160 * 48 * 15)
  }

  @Test func coloursThatNeverRecurCostNoMoreThanInRows() {
    var random = SeededRandom(seed: 4)
    var encoder = ImageEncoder()
    var grid = patch(Array(repeating: Array(repeating: 0, count: 100), count: 60))
    for i in grid.image.pixels.indices {
      grid.image.pixels[i] = UInt32.random(in: 0...0xFF_FFFF, using: &random)
    }
    let inRows = (0..<30).map { row in
      (0..<100).map { column in
        let pair = [0, 100].map { grid.image.pixels[row * 200 + $0 + column] }
        let numbers = pair.map { "\($0 >> 16);\($0 >> 8 & 255);\($0 & 255)" }
        return "\u{1B}[38;2;\(numbers[0]);48;2;\(numbers[1])m▀".utf8.count
      }.reduce(2, +)
    }.reduce(prefix.utf8.count + 4 + suffix.utf8.count, +)
    #expect(encoder.encode(grid).count <= inRows)
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
