import BlitzCore
import BlitzModel
import BlitzTestSupport
import Testing

@testable import BlitzTUI

extension ScreenTests {
  /// What a painter sends makes a terminal show the grid, whatever was there before.
  @Suite struct ScreenPainterTests {
    @Test(
      "random grids in random order", arguments: [(24, 80), (7, 31), (1, 1), (2, 3), (40, 9)],
      [1, 2, 3])
    func screenFollowsTheGrid(size: (rows: Int, columns: Int), seed: UInt64) throws {
      var screen = try PaintedScreen(rows: size.rows, columns: size.columns)
      var source = RandomGrid(seed: seed, rows: size.rows, columns: size.columns)
      for step in 0..<60 {
        source.step()
        if step % 17 == 16 { screen.painter.repaint() }
        screen.draw(source.grid)
        #expect(differences(screen.emulator, source.grid) == [], "step \(step)")
        #expect(screen.emulator.violations == [])
      }
    }

    @Test func quadrantsFollowTheGrid() throws {
      var screen = try PaintedScreen(rows: 20, columns: 50)
      var source = RandomGrid(seed: 4, rows: 20, columns: 50, shape: .quadrant, hasLevels: false)
      for _ in 0..<30 {
        source.step()
        screen.draw(source.grid)
        #expect(differences(screen.emulator, source.grid) == [])
      }
      #expect(screen.emulator.violations == [])
    }

    @Test("slices add up to the frame", arguments: [1, 200, 3000])
    func slicesAddUp(limit: Int) throws {
      var screen = try PaintedScreen(rows: 12, columns: 40)
      var source = RandomGrid(seed: 5, rows: 12, columns: 40)
      for _ in 0..<4 {
        source.step()
        source.grid.image.place(CellArea(row: 1, column: 2, rows: 9, columns: 33))
        source.grid.image.resizeLevels()
        source.changeAll()
        var calls = 0
        while screen.draw(source.grid, limit: limit) > 0 { calls += 1 }
        #expect(differences(screen.emulator, source.grid) == [])
        #expect(screen.emulator.violations == [])
        if limit == 1 { #expect(calls > 1) }
      }
    }

    @Test func anUnchangedGridSendsNothing() throws {
      var screen = try PaintedScreen(rows: 24, columns: 80)
      var source = RandomGrid(seed: 6, rows: 24, columns: 80)
      source.step()
      #expect(screen.draw(source.grid) > 0)
      #expect(screen.draw(source.grid) == 0)
      #expect(screen.draw(source.grid) == 0)
    }

    @Test func updatesStandInBracketsWhenTheTerminalKnowsThem() throws {
      var screen = try PaintedScreen(rows: 10, columns: 20)
      screen.painter.isSynchronized = true
      var source = RandomGrid(seed: 7, rows: 10, columns: 20)
      source.step()
      screen.draw(source.grid)
      let text = String(decoding: screen.output.bytes, as: UTF8.self)
      #expect(text.hasPrefix("\u{1B}[?2026h") && text.hasSuffix("\u{1B}[?2026l"))
      #expect(!screen.emulator.modes.contains(2026))
      #expect(screen.draw(source.grid) == 0)
    }

    @Test func resizingPaintsEverythingAnew() throws {
      var screen = try PaintedScreen(rows: 10, columns: 20)
      var source = RandomGrid(seed: 8, rows: 10, columns: 20)
      source.step()
      screen.draw(source.grid)
      for (rows, columns) in [(5, 9), (30, 100), (1, 1), (3, 60)] {
        screen.emulator = ScreenEmulator(rows: rows, columns: columns)
        screen.painter.resize(rows: rows, columns: columns)
        source = RandomGrid(seed: 9, rows: rows, columns: columns)
        source.step()
        screen.draw(source.grid)
        #expect(differences(screen.emulator, source.grid) == [])
        #expect(screen.emulator.violations == [])
      }
    }

    @Test func titleAndCursorFollowTheGrid() throws {
      var screen = try PaintedScreen(rows: 4, columns: 10)
      var grid = CellGrid(rows: 4, columns: 10)
      grid.title = PrintableText("a\u{1B}]2;b\u{7}")
      grid.cursor = (2, 7)
      screen.draw(grid)
      #expect(screen.emulator.title == "a\\x1b]2;b\\x07")
      #expect(screen.emulator.cursor == (2, 7))
      #expect(screen.emulator.modes.contains(25))
      grid.cursor = nil
      screen.draw(grid)
      #expect(!screen.emulator.modes.contains(25))
    }
  }
}

/// Cells in which the emulated screen is not what the grid asks for on the exact rung.
func differences(_ screen: ScreenEmulator, _ grid: CellGrid) -> [String] {
  var found: [String] = []
  for row in 0..<grid.rows {
    for column in 0..<grid.columns {
      if let wrong = difference(screen, grid, row, column) {
        found.append("\(row),\(column): \(wrong)")
      }
    }
  }
  return Array(found.prefix(5))
}

private func difference(
  _ screen: ScreenEmulator, _ grid: CellGrid, _ row: Int, _ column: Int
) -> String? {
  let cell = screen[row, column]
  let image = grid.image
  if !grid.isWritten(row: row, column: column), image.area.contains(row: row, column: column) {
    let wanted = expectedQuarters(image, row - image.area.row, column - image.area.column)
    let shown = screen.quarters(row: row, column: column)
    return shown == wanted ? nil : "\(String(describing: shown)) for \(wanted)"
  }
  let wanted = grid.shownCell(row: row, column: column)
  let style = wanted.style
  // Of a space nobody sees how bold and in which colour it would be.
  let isInvisible =
    wanted.scalar == " " && style.attributes.isDisjoint(with: [.reverse, .underline])
  let isSame =
    cell.scalar == wanted.scalar && cell.background == color(style.background)
    && (isInvisible
      || cell.foreground == color(style.foreground)
        && cell.attributes == numbers(style.attributes))
  return isSame ? nil : "\(cell) for \(wanted)"
}

private func expectedQuarters(
  _ image: ImagePatch, _ row: Int, _ column: Int
) -> [ScreenEmulator.Color] {
  let wide = image.shape.pixelColumns
  let first = row * 2 * image.pixelColumns + column * wide
  let pixels = [
    first, first + wide - 1, first + image.pixelColumns, first + image.pixelColumns + wide - 1,
  ].map { image.pixels[$0] }
  if wide == 1 { return pixels.map { .rgb($0 & 0xFF_FFFF) } }
  let split = QuadrantSplit(pixels[0], pixels[1], pixels[2], pixels[3])
  return (0..<4).map {
    .rgb((split.quarters >> UInt64($0) & 1 == 1 ? split.first : split.second) & 0xFF_FFFF)
  }
}

private func color(_ index: UInt8) -> ScreenEmulator.Color {
  index < 16 ? .standard : .indexed(Int(index))
}

private func numbers(_ attributes: TextStyle.Attributes) -> Set<Int> {
  var numbers: Set<Int> = []
  if attributes.contains(.bold) { numbers.insert(1) }
  if attributes.contains(.dim) { numbers.insert(2) }
  if attributes.contains(.underline) { numbers.insert(4) }
  if attributes.contains(.reverse) { numbers.insert(7) }
  return numbers
}

extension CellGrid {
  /// The cell as it can be shown: a wide character cut in half is a space.
  fileprivate func shownCell(row: Int, column: Int) -> Cell {
    var cell = self[row, column]
    let isCut =
      cell.scalar.columns == 2 && self[row, column + 1].scalar != Self.continuation
      || cell.scalar == Self.continuation
        && (column == 0 || self[row, column - 1].scalar.columns != 2)
    if isCut { cell.scalar = " " }
    return cell
  }
}
