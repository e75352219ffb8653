@testable import BlitzTUI

/// A dot of a plot, from the left and the top.
struct Dot: Hashable { let x, y: Int }

extension CellGrid {
  /// The dots that braille characters within an area show.
  func dots(in area: CellArea) -> Set<Dot> {
    let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    var result: Set<Dot> = []
    for row in 0..<area.rows {
      for column in 0..<area.columns {
        let scalar = self[area.row + row, area.column + column].scalar.value
        guard 0x2800...0x28FF ~= scalar else { continue }
        for (bit, place) in places.enumerated() where (scalar - 0x2800) >> UInt32(bit) & 1 == 1 {
          result.insert(Dot(x: 2 * column + place.0, y: 4 * row + place.1))
        }
      }
    }
    return result
  }
}
