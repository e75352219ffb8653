/// Images to the bytes that draw them, without a terminal session: for streams and measurements.
public struct ImageEncoder {
  private let depth: ColorDepth
  private var renderer = Renderer()
  private var output = OutputBuffer()

  /// An encoder for a terminal of which nothing is known.
  public init(depth: ColorDepth = .rgb) { self.depth = depth }

  /// The bytes that bring a terminal from the grid encoded before to this one's image; text is left out.
  ///
  /// - Complexity: O(cells). Allocates only while images grow.
  public mutating func encode(
    _ grid: borrowing CellGrid, rung: Rung = .exact
  ) -> ArraySlice<UInt8> {
    output.removeAll()
    renderer.depth = rung.depth(on: depth)
    _ = renderer.encode(grid.image, of: grid, rung: rung, into: &output)
    return output.bytes
  }

  /// The patch as lines of text, each ending in the terminal's own colours, from the left margin on.
  ///
  /// For output that is read once and may go to a file: nothing moves the cursor.
  public static func lines(of patch: ImagePatch, depth: ColorDepth) -> [UInt8] {
    var output = OutputBuffer()
    for row in 0..<patch.area.rows {
      if depth == .ascii {
        for column in 0..<patch.area.columns {
          let scalar = patch.character(
            row: patch.area.row + row, column: patch.area.column + column)
          output.append(UInt8(truncatingIfNeeded: scalar.value))
        }
      } else {
        append(row, of: patch, depth: depth, to: &output)
      }
      output.append(UInt8(ascii: "\n"))
    }
    return Array(output.bytes)
  }

  private static func append(
    _ row: Int, of patch: ImagePatch, depth: ColorDepth, to output: inout OutputBuffer
  ) {
    let screen = CellGrid(
      rows: patch.area.row + patch.area.rows, columns: patch.area.column + patch.area.columns)
    var grid = screen
    grid.image = patch
    var wanted = WantedCells()
    wanted.compute(
      grid.image, of: grid,
      area: CellArea(
        row: patch.area.row + row, column: patch.area.column, rows: 1, columns: patch.area.columns),
      rung: .exact, depth: depth)
    var encoder = CellEncoder(depth: depth)
    encoder.beginBurst()
    output.reserve(patch.area.columns * CellEncoder.maximumBytes)
    output.fill { raw, from in
      var position = from
      for (i, word) in wanted.cells.enumerated() {
        let next = i + 1 < wanted.cells.count ? wanted.cells[i + 1] : word
        encoder.append(ImageCell(word), next: ImageCell(next), to: &raw, at: &position)
      }
      return position
    }
    if depth != .mono { output.append(Escape.resetStyle) }
  }
}
