import BlitzModel

/// What every image cell should hold for a frame, and what was last sent of each pixel.
///
/// The dead band of a rung compares with what was sent, not with the frame before, so that slow drifts
/// do not escape it: any history leaves every pixel within the dead band of its wanted level.
struct WantedCells {
  /// A cell that text covers; matches no `ImageCell`.
  static let covered = UInt64.max - 1

  /// One word for each cell of the area computed for, row-major.
  private(set) var cells: [UInt64] = []
  /// True when every pixel has the level or colour that the grid wants.
  private(set) var isExact = true
  /// Colour of each pixel of the patch on the rung, `0xRRGGBB` and the overlay bit.
  private var colors: [UInt32] = []
  /// Level, or colour without levels, of each pixel as `colors` shows it, and as last sent.
  private var candidates: [UInt32] = []
  private var sent: [UInt32] = []
  private var pixelColumns = 0
  private var shape = CellShape.half
  private var area = CellArea.empty
  private var origin = (row: 0, column: 0)

  init() {}

  /// Brings `cells` to what a grid's patch wants within `area` of the screen.
  mutating func compute(
    _ patch: borrowing ImagePatch, of grid: borrowing CellGrid, area: CellArea, rung: Rung,
    depth: ColorDepth
  ) {
    prepare(patch, area: area)
    color(patch, rung: rung)
    let mapping = PaletteMapping(depth: depth, isDithered: rung < .palette || depth != .palette256)
    for row in 0..<area.rows {
      switch (shape, depth) {
      case (.half, .rgb): halves(row)
      case (.half, _): mappedHalves(row, mapping, ImageCell.tag(depth))
      case (.quadrant, _): quadrants(row, mapping)
      }
      cover(row, grid)
    }
  }

  /// Notes what the terminal shows now, also where that needed no byte.
  ///
  /// - Parameter shown: The words of the cells as it shows them; nil where it shows all that was wanted.
  mutating func noteSent(shown: [UInt64]?) {
    guard let shown else {
      for i in sent.indices { sent[i] = candidates[i] }
      return
    }
    for i in shown.indices where shown[i] == cells[i] {
      let top = pixel(row: i / area.columns, column: i % area.columns)
      for i in top..<top + shape.pixelColumns {
        sent[i] = candidates[i]
        sent[i + pixelColumns] = candidates[i + pixelColumns]
      }
    }
  }

  private mutating func prepare(_ patch: borrowing ImagePatch, area: CellArea) {
    self.area = area
    origin = (area.row - patch.area.row, area.column - patch.area.column)
    let isSame =
      patch.shape == shape && patch.pixelColumns == pixelColumns
      && patch.pixels.count == colors.count
    (shape, pixelColumns) = (patch.shape, patch.pixelColumns)
    cells.resize(to: area.rows * area.columns)
    if isSame { return }
    colors.resize(to: patch.pixels.count)
    candidates.resize(to: patch.pixels.count)
    sent.resize(to: patch.pixels.count)
  }

  /// The top left pixel of a cell.
  @inline(__always)
  private func pixel(row: Int, column: Int) -> Int {
    (row + origin.row) * 2 * pixelColumns + (column + origin.column) * shape.pixelColumns
  }

  // MARK: - Colours on a rung

  private mutating func color(_ patch: borrowing ImagePatch, rung: Rung) {
    let hasLevels = patch.levels.count == patch.pixels.count && patch.colors.count == 256
    let levels = patch.levels.span
    isExact = true
    switch (rung, hasLevels) {
    case (.exact, true):
      Self.takeExact(patch.pixels.span, levels: levels, &colors, &candidates)
    case (.exact, false):
      Self.takeExact(patch.pixels.span, &colors, &candidates)
    case (_, true):
      isExact = Self.quantize(
        patch.pixels.span, levels: levels, patch.colors.span, rung, sent, &colors, &candidates)
    case (_, false):
      isExact = Self.quantize(patch.pixels.span, rung, sent, &colors, &candidates)
    }
  }

  private static func takeExact(
    _ pixels: Span<UInt32>, levels: Span<UInt8>, _ colors: inout [UInt32],
    _ candidates: inout [UInt32]
  ) {
    var colors = colors.mutableSpan
    var candidates = candidates.mutableSpan
    for i in pixels.indices {
      colors[i] = pixels[i]
      candidates[i] = UInt32(levels[i])
    }
  }

  private static func takeExact(
    _ pixels: Span<UInt32>, _ colors: inout [UInt32], _ candidates: inout [UInt32]
  ) {
    var colors = colors.mutableSpan
    var candidates = candidates.mutableSpan
    for i in pixels.indices {
      colors[i] = pixels[i]
      candidates[i] = pixels[i] & 0xFF_FFFF
    }
  }

  private static func quantize(
    _ pixels: Span<UInt32>, levels: Span<UInt8>, _ table: Span<UInt32>, _ rung: Rung,
    _ sent: [UInt32], _ colors: inout [UInt32], _ candidates: inout [UInt32]
  ) -> Bool {
    let band = Int32(rung.deadBand)
    let sent = sent.span
    var colors = colors.mutableSpan
    var candidates = candidates.mutableSpan
    var differences: UInt32 = 0
    for i in pixels.indices {
      if pixels[i] & ImagePatch.overlay != 0 {
        colors[i] = pixels[i]
        candidates[i] = sent[i]
        continue
      }
      let isNear = abs(Int32(levels[i]) - Int32(bitPattern: sent[i])) <= band
      let level = isNear ? sent[i] : UInt32(rung.quantized(levels[i]))
      candidates[i] = level
      colors[i] = table[Int(level & 255)] & 0xFF_FFFF
      differences |= level ^ UInt32(levels[i])
    }
    return differences == 0
  }

  private static func quantize(
    _ pixels: Span<UInt32>, _ rung: Rung, _ sent: [UInt32], _ colors: inout [UInt32],
    _ candidates: inout [UInt32]
  ) -> Bool {
    let sent = sent.span
    var colors = colors.mutableSpan
    var candidates = candidates.mutableSpan
    var differences: UInt32 = 0
    for i in pixels.indices {
      let isOverlay = pixels[i] & ImagePatch.overlay != 0
      let color = isOverlay ? sent[i] : rung.quantized(color: pixels[i], sent: sent[i])
      candidates[i] = color
      colors[i] = isOverlay ? pixels[i] : color
      if !isOverlay { differences |= color ^ pixels[i] & 0xFF_FFFF }
    }
    return differences == 0
  }

  // MARK: - Colours to words

  private mutating func halves(_ row: Int) {
    let first = pixel(row: row, column: 0)
    Self.pair(
      colors, top: first, bottom: first + pixelColumns, count: area.columns, into: &cells,
      at: row * area.columns)
  }

  private static func pair(
    _ colors: [UInt32], top: Int, bottom: Int, count: Int, into cells: inout [UInt64], at base: Int
  ) {
    let colors = colors.span
    var cells = cells.mutableSpan
    for column in 0..<count {
      let upper = colors[top + column] & 0xFF_FFFF
      let lower = colors[bottom + column] & 0xFF_FFFF
      cells[base + column] = ImageCell(top: upper, bottom: lower, tag: 0).word
    }
  }

  private mutating func mappedHalves(_ row: Int, _ mapping: PaletteMapping, _ tag: UInt64) {
    let first = pixel(row: row, column: 0)
    let y = (row + origin.row) * 2
    for column in 0..<area.columns {
      let x = column + origin.column
      let top = mapping.index(of: colors[first + column], row: y, column: x)
      let bottom = mapping.index(
        of: colors[first + column + pixelColumns], row: y + 1, column: x)
      cells[row * area.columns + column] =
        ImageCell(
          top: top, bottom: bottom, tag: tag
        ).word
    }
  }

  private mutating func quadrants(_ row: Int, _ mapping: PaletteMapping) {
    for column in 0..<area.columns {
      let split = QuadrantSplit(
        colors.span, at: pixel(row: row, column: column), stride: pixelColumns)
      cells[row * area.columns + column] =
        ImageCell(split, mapping, row: row + origin.row, column: column + origin.column).word
    }
  }

  private mutating func cover(_ row: Int, _ grid: borrowing CellGrid) {
    let start = (area.row + row) * grid.columns + area.column
    let text = grid.cells.span
    for column in 0..<area.columns where text[start + column].isWritten {
      cells[row * area.columns + column] = Self.covered
    }
  }
}

extension Array where Element: FixedWidthInteger {
  /// Zeros, `count` of them; allocates only to grow.
  fileprivate mutating func resize(to count: Int) {
    guard count != self.count else { return }
    removeAll(keepingCapacity: true)
    append(contentsOf: repeatElement(0, count: count))
  }
}
