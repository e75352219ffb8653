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

  /// Draws over a crosshair: bright, and never quantised.
  private static let crosshairColor: UInt32 = 0xFFB000 | ImagePatch.overlay
  private static let hatchColor: UInt32 = 0x505050 | ImagePatch.overlay

  mutating func draw(_ inputs: ScreenInputs, area: CellArea, in grid: inout CellGrid) {
    let picture = inputs.picture
    guard let placement = picture.request?.placement, let levels = inputs.state.display.levels,
      placement.row + placement.rows <= area.rows * 2,
      placement.column + placement.columns <= area.columns
    else { return grid.image.place(.empty) }
    let top = placement.row / 2
    grid.image.place(
      CellArea(
        row: area.row + top, column: area.column + placement.column,
        rows: (placement.row % 2 + placement.rows + 1) / 2, columns: placement.columns))
    map(picture, display: inputs.state.display, levels: levels)
    prepareColors(inputs.state.display, isDimmed: inputs.state.isImageOld)
    paint(picture, placement: placement, patch: &grid.image)
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

  /// Colours the indices; an odd pixel row left over at the foot of a cell stays black.
  private func paint(_ picture: Picture, placement: Viewport.Placement, patch: inout ImagePatch) {
    let columns = placement.columns
    let first = placement.row % 2 * columns
    let count = placement.rows * columns
    patch.pixels.clear(except: first..<first + count)
    if picture.channels == 1 {
      patch.colors = colors
      patch.resizeLevels()
      for i in 0..<count {
        patch.levels[first + i] = indices[i]
        patch.pixels[first + i] = colors[Int(indices[i])]
      }
    } else {
      patch.levels.removeAll(keepingCapacity: true)
      for i in 0..<count {
        let pixel = i * picture.channels
        patch.pixels[first + i] =
          UInt32(indices[pixel]) << 16 | UInt32(indices[pixel + 1]) << 8
          | UInt32(indices[pixel + 2])
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
    let column = center.column - placement.column
    let row = center.row - placement.row / 2 * 2
    for c in 0..<patch.pixelColumns where abs(c - column) > 1 {
      patch.pixels[row * patch.pixelColumns + c] = Self.crosshairColor
    }
    for r in 0..<patch.pixelRows where abs(r - row) > 1 {
      patch.pixels[r * patch.pixelColumns + column] = Self.crosshairColor
    }
  }
}

extension Array<UInt32> {
  /// Makes all but a range black and no data, so that no level stands behind it.
  fileprivate mutating func clear(except range: Range<Int>) {
    for i in 0..<Swift.min(range.lowerBound, count) { self[i] = ImagePatch.overlay }
    for i in Swift.min(range.upperBound, count)..<count { self[i] = ImagePatch.overlay }
  }
}

extension Display.Transfer {
  /// The kernel's name for it; gamma is 2.2, as displays have it.
  var kernel: LevelMapping.Transfer {
    switch self {
    case .linear: .linear
    case .log: .logarithmic
    case .sqrt: .squareRoot
    case .gamma: .gamma(2.2)
    }
  }
}
