import BlitzCore
import BlitzModel
import BlitzTestSupport
import Glibc

@testable import BlitzTUI

/// A painter and the emulated terminal that its bytes go to.
struct PaintedScreen: ~Copyable {
  var painter: ScreenPainter
  var emulator: ScreenEmulator
  var output = OutputBuffer()

  init(rows: Int, columns: Int, type: String = "xterm-256color", depth: ColorDepth = .rgb) throws {
    _ = unsafe setlocale(LC_CTYPE, "C.UTF-8")
    painter = ScreenPainter(
      curses: try CursesScreen(type: type, rows: rows, columns: columns))
    painter.depth = depth
    emulator = ScreenEmulator(rows: rows, columns: columns)
  }

  /// True when the last frame was drawn pixel for pixel.
  var isExact: Bool { painter.isExact }

  /// Draws and returns the bytes sent.
  @discardableResult
  mutating func draw(_ grid: CellGrid, rung: Rung = .exact, limit: Int = .max) -> Int {
    output.removeAll()
    _ = painter.appendFrame(grid, rung: rung, limit: limit, into: &output)
    emulator.feed(output.bytes)
    emulator.expectGround()
    return output.count
  }
}

extension SeededRandom {
  mutating func int(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self) }
}

/// Grids as no view would make them: every kind of neighbourhood of text, image and overlay.
struct RandomGrid {
  var random: SeededRandom
  var grid: CellGrid
  private let shape: CellShape
  private let hasLevels: Bool
  private let colors: [UInt32]

  init(seed: UInt64, rows: Int, columns: Int, shape: CellShape = .half, hasLevels: Bool = true) {
    var random = SeededRandom(seed: seed)
    colors = (0..<256).map { _ in UInt32.random(in: 0...0xFF_FFFF, using: &random) }
    self.random = random
    (self.shape, self.hasLevels) = (shape, hasLevels)
    grid = CellGrid(rows: rows, columns: columns)
  }

  /// Changes a few things at random.
  mutating func step() {
    if grid.image.area.isEmpty || random.int(0..<10) == 0 { placeImage() }
    switch random.int(0..<4) {
    case 0: changeAll()
    case 1: for _ in 0..<8 { changePixel() }
    default: changeRun()
    }
    if random.int(0..<3) > 0 { grid.clear() }
    for _ in 0..<random.int(0..<5) { writeText() }
  }

  private mutating func placeImage() {
    let row = random.int(-1..<grid.rows)
    let column = random.int(-1..<grid.columns)
    grid.image.place(
      CellArea(
        row: row, column: column, rows: random.int(0..<grid.rows - row + 2),
        columns: random.int(0..<grid.columns - column + 2)), shape: shape)
    if hasLevels {
      grid.image.colors = colors
      grid.image.resizeLevels()
    }
    changeAll()
  }

  private mutating func set(_ i: Int, level: Int) {
    let isOverlay = random.int(0..<40) == 0
    if hasLevels { grid.image.levels[i] = UInt8(level) }
    grid.image.pixels[i] = colors[level] | (isOverlay ? ImagePatch.overlay : 0)
  }

  mutating func changeAll() {
    let few = random.int(1..<8)
    for i in grid.image.pixels.indices { set(i, level: random.int(0..<few) * 30 + i % 3) }
  }

  private mutating func changePixel() {
    guard !grid.image.pixels.isEmpty else { return }
    set(random.int(0..<grid.image.pixels.count), level: random.int(0..<256))
  }

  private mutating func changeRun() {
    guard !grid.image.pixels.isEmpty else { return }
    let start = random.int(0..<grid.image.pixels.count)
    let level = random.int(0..<256)
    for i in start..<min(start + random.int(1..<60), grid.image.pixels.count) {
      set(i, level: level)
    }
  }

  private mutating func writeText() {
    let texts = ["abc", "   ", "日本語", "x", "──┤", "é·…", "a日b"]
    let styles = [
      TextStyle.plain, TextStyle(foreground: 208), TextStyle(background: 24, .bold),
      TextStyle(foreground: 16, background: 255, .reverse), TextStyle([.dim, .underline]),
    ]
    grid.write(
      PrintableText(texts[random.int(0..<texts.count)]), row: random.int(0..<grid.rows),
      column: random.int(0..<grid.columns), style: styles[random.int(0..<styles.count)])
  }
}
