import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct CellCursorTests {
  /// Moves a cursor to places, writing a character at each; returns the terminal and the bytes of each move.
  private func walk(
    _ places: [(row: Int, column: Int)], rows: Int, columns: Int
  ) -> (emulator: ScreenEmulator, moves: [String]) {
    var emulator = ScreenEmulator(rows: rows, columns: columns)
    var cursor = CellCursor(screenColumns: columns)
    var moves: [String] = []
    for place in places {
      var output = OutputBuffer()
      output.fill { raw, start in
        var position = start
        cursor.move(toRow: place.row, column: place.column, &raw, at: &position)
        return position
      }
      moves.append(String(decoding: output.bytes, as: UTF8.self))
      emulator.feed(output.bytes)
      #expect(emulator.cursor == place)
      emulator.feed("x".utf8)
      cursor.advance()
    }
    return (emulator, moves)
  }

  @Test(arguments: [(24, 80), (3, 5), (60, 200), (2, 1500)])
  func everyMoveArrives(rows: Int, columns: Int) {
    var random = SeededRandom(seed: 5)
    var places: [(row: Int, column: Int)] = [(rows - 1, 0)]
    for _ in 0..<3000 {
      let (row, column) = places[places.count - 1]
      let isNear = random.int(0..<3) > 0
      let next =
        isNear
        ? (row + random.int(-2..<3), column + random.int(-6..<7))
        : (random.int(0..<rows), random.int(0..<columns))
      // The last cell would scroll, which the burst prevents.
      guard next.0 >= 0, next.0 < rows, next.1 >= 0, next.1 < columns,
        next != (rows - 1, columns - 1)
      else { continue }
      places.append(next)
    }
    let (emulator, moves) = walk(places, rows: rows, columns: columns)
    #expect(emulator.violations == [])
    for (place, move) in zip(places, moves) {
      #expect(move.utf8.count <= "\u{1B}[\(place.row + 1);\(place.column + 1)H".utf8.count)
    }
  }

  @Test func theShortestWayIsTaken() {
    let places = [
      (2, 9), (2, 10), (2, 12), (2, 40), (3, 40), (3, 37), (9, 37), (8, 36), (9, 0), (9, 79),
      (0, 79),
    ]
    let (_, moves) = walk(places.map { (row: $0.0, column: $0.1) }, rows: 24, columns: 80)
    #expect(
      moves == [
        "\u{1B}[3;10H", "", "\u{1B}[C", "\u{1B}[27C", "\u{1B}[B\u{8}", "\u{8}\u{8}\u{8}\u{8}",
        "\u{1B}[6B\u{8}", "\u{1B}[A\u{8}\u{8}", "\r\n", "\u{1B}[78C", "\u{1B}[1;80H",
      ])
  }
}
