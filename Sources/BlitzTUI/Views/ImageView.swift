import BlitzCore
import BlitzKernels
import BlitzModel

/// Draws the picture, with levels and colour map applied, and the crosshair over it.
struct ImageView {
  private var indices: [UInt8] = []
  private var colors: [UInt32] = []
  private var colorKey: ColorKey?

  /// What the colour table was made from.
  private struct ColorKey: Equatable {
    let map: Int
    let isInverted, isDimmed: Bool
  }

  /// Dashes of the crosshair, seen on dark and on bright: no region has their colours.
  private static let crosshairColors: [2 of UInt32] = [
    0xFFFFFF | ImagePatch.line, 0x000000 | ImagePatch.line,
  ]
  private static let dash = 2
  private static let hatchColor: UInt32 = 0x505050 | ImagePatch.overlay

  mutating func draw(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
    let picture = inputs.picture
    guard let placement = picture.request?.placement, let levels = inputs.state.display.levels,
      placement.row + placement.rows <= area.rows * 2,
      placement.column + placement.columns <= area.columns * placement.cells.pixelColumns
    else { return grid.image.place(.empty) }
    grid.image.place(placement.covered(in: area), shape: placement.cells)
    map(picture, display: inputs.state.display, levels: levels)
    prepareColors(inputs.state.display, isDimmed: inputs.state.isImageOld)
    paint(picture, placement: placement, patch: &grid.image)
    if inputs.state.display.hasMarks {
      mark(picture, placement, levels, inputs.depth, &grid.image)
    }
    if picture.isDamaged { hatch(&grid.image) }
    if let point = inputs.state.crosshair { cross(point, placement, &grid.image) }
  }

  private mutating func map(_ picture: Picture, display: Display, levels: LevelWindow) {
    if indices.count != picture.samples.count {
      indices = [UInt8](repeating: 0, count: picture.samples.count)
    }
    let mapping = LevelMapping(levels, transfer: display.transfer.kernel)
    var target = indices.mutableSpan
    mapping.map(picture.samples.span, into: &target)
  }

  private mutating func prepareColors(_ display: Display, isDimmed: Bool) {
    let key = ColorKey(
      map: display.colorMap, isInverted: display.isInverted, isDimmed: isDimmed)
    guard key != colorKey else { return }
    colorKey = key
    let table = LookupTable.builtin[display.colorMap]
    colors = (display.isInverted ? table.inverted : table).colors
    if isDimmed { colors = colors.map { ($0 >> 1) & 0x7F7F7F } }
  }

  /// Colours the indices; pixels left over at the edge of a cell stay black.
  private func paint(_ picture: Picture, placement: Viewport.Placement, patch: inout ImagePatch) {
    if placement.rows * placement.columns < patch.pixels.count { patch.clear() }
    if picture.channels == 1 {
      patch.colors = colors
      patch.resizeLevels()
    } else {
      patch.levels.removeAll(keepingCapacity: true)
    }
    let origin = placement.patchOrigin
    for row in 0..<placement.rows {
      let first = (origin.row + row) * patch.pixelColumns + origin.column
      let source = row * placement.columns
      if picture.channels == 1 {
        for i in 0..<placement.columns {
          patch.levels[first + i] = indices[source + i]
          patch.pixels[first + i] = colors[Int(indices[source + i])]
        }
      } else {
        for i in 0..<placement.columns {
          let pixel = (source + i) * picture.channels
          patch.pixels[first + i] =
            UInt32(indices[pixel]) << 16 | UInt32(indices[pixel + 1]) << 8
            | UInt32(indices[pixel + 2])
        }
      }
    }
  }

  /// Draws over what the colour map has no colour of its own for, as it is shown.
  private func mark(
    _ picture: Picture, _ placement: Viewport.Placement, _ levels: LevelWindow,
    _ depth: ColorDepth, _ patch: inout ImagePatch
  ) {
    let (samples, channels) = (picture.samples.span, picture.channels)
    let origin = placement.patchOrigin
    for row in 0..<placement.rows {
      for column in 0..<placement.columns {
        let first = (row * placement.columns + column) * channels
        guard let mark = PixelMark(samples.extracting(first..<first + channels), levels)
        else { continue }
        let (y, x) = (origin.row + row, origin.column + column)
        patch.pixels[y * patch.pixelColumns + x] = mark.pixel(depth, row: y, column: x)
      }
    }
  }

  /// Every fourth diagonal in gray: no data.
  private func hatch(_ patch: inout ImagePatch) {
    for row in 0..<patch.pixelRows {
      for column in 0..<patch.pixelColumns where (row + column).isMultiple(of: 4) {
        patch.pixels[row * patch.pixelColumns + column] = Self.hatchColor
      }
    }
  }

  /// Two lines through the pixel, open around it so that its own colour shows.
  private func cross(
    _ point: PixelPoint, _ placement: Viewport.Placement, _ patch: inout ImagePatch
  ) {
    guard let center = placement.canvas(x: point.x, y: point.y) else { return }
    let column = center.column - placement.column + placement.patchOrigin.column
    let row = center.row - placement.row + placement.patchOrigin.row
    func color(_ distance: Int) -> UInt32 { Self.crosshairColors[(distance - 2) / Self.dash % 2] }
    for c in 0..<patch.pixelColumns where abs(c - column) > 1 {
      patch.pixels[row * patch.pixelColumns + c] = color(abs(c - column))
    }
    for r in 0..<patch.pixelRows where abs(r - row) > 1 {
      patch.pixels[r * patch.pixelColumns + column] = color(abs(r - row))
    }
  }
}

extension ImagePatch {
  /// Makes all of it black and no data, so that no level stands behind it.
  fileprivate mutating func clear() {
    for i in pixels.indices { pixels[i] = Self.overlay }
  }
}

extension Viewport.Placement {
  /// The image's top left pixel within the cells that it covers.
  var patchOrigin: (row: Int, column: Int) { (row % 2, column % cells.pixelColumns) }

  /// The cells of a pane that the image covers, in part or in full.
  func covered(in area: CellArea) -> CellArea {
    let perCell = cells.pixelColumns
    return CellArea(
      row: area.row + row / 2, column: area.column + column / perCell,
      rows: (patchOrigin.row + rows + 1) / 2,
      columns: (patchOrigin.column + columns + perCell - 1) / perCell)
  }
}
