import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzTUI

extension ScreenTests {
  /// Terminals of fewer colours.
  @Suite struct ColorDepthTests {
    @Test(
      "only colours of the depth are sent, and the image follows",
      arguments: [
        (ColorDepth.palette256, "xterm-256color"), (.palette16, "xterm"), (.mono, "xterm"),
      ])
    func depthIsKept(depth: ColorDepth, type: String) throws {
      var screen = try PaintedScreen(rows: 14, columns: 40, type: type, depth: depth)
      var source = RandomGrid(seed: 21, rows: 14, columns: 40)
      for _ in 0..<25 {
        source.step()
        screen.draw(source.grid)
        #expect(misfits(screen.emulator, source.grid, depth) == 0)
      }
      #expect(screen.emulator.violations == [])
    }

    @Test func asciiIsASCII() throws {
      var screen = try PaintedScreen(rows: 14, columns: 40, type: "vt100", depth: .ascii)
      var source = RandomGrid(seed: 22, rows: 14, columns: 40)
      for _ in 0..<10 {
        source.step()
        screen.draw(source.grid)
      }
      #expect(screen.output.bytes.allSatisfy { $0 < 0x80 })
      #expect(screen.emulator.violations == [])
    }

    @Test func asciiIsARampFromDarkToBright() {
      var patch = ImagePatch()
      patch.place(CellArea(row: 0, column: 0, rows: 1, columns: 256))
      for i in patch.pixels.indices {
        patch.pixels[i] = UInt32(i % 256) * 0x10101 | ImagePatch.overlay
      }
      let text = String(decoding: ImageEncoder.lines(of: patch, depth: .ascii), as: UTF8.self)
      let ramp = Array(" .:-=+*#%@")
      let levels = text.dropLast().map { ramp.firstIndex(of: $0) ?? 99 }
      #expect(levels.first == 0 && levels.last == 9 && text.last == "\n")
    }

    /// Image cells that do not hold the colours that the mapping gives.
    private func misfits(_ screen: ScreenEmulator, _ grid: CellGrid, _ depth: ColorDepth) -> Int {
      let mapping = PaletteMapping(depth: depth)
      var count = 0
      let image = grid.image
      for i in image.pixels.indices {
        let (y, x) = (i / image.pixelColumns, i % image.pixelColumns)
        let (row, column) = (image.area.row + y / 2, image.area.column + x)
        guard 0..<grid.rows ~= row, 0..<grid.columns ~= column,
          !grid.isWritten(row: row, column: column)
        else { continue }
        let index = Int(mapping.index(of: image.pixels[i], row: y, column: x))
        let shown = screen.quarters(row: row, column: column)?[y % 2 * 2]
        if depth == .mono {
          let cell = screen[row, column]
          if cell.foreground != .standard || cell.background != .standard { count += 1 }
        } else if shown != .indexed(index) {
          count += 1
        }
      }
      return count
    }
  }
}

@Suite struct PaletteMappingTests {
  @Test func everyPaletteColorIsItsOwnNearest() {
    for index in 16...255 {
      let mapped = PaletteMapping.cube(PaletteMapping.color(ofIndex: index))
      let same =
        PaletteMapping.color(ofIndex: Int(mapped)) == PaletteMapping.color(ofIndex: index)
      #expect(same, "\(index)")
    }
  }

  @Test func nearestIsNearest() {
    var random = SeededRandom(seed: 31)
    for _ in 0..<300 {
      let color = RGB(UInt32.random(in: 0...0xFF_FFFF, using: &random))
      let found = PaletteMapping.color(ofIndex: Int(PaletteMapping.cube(color)))
      let best = (16...255).map { PaletteMapping.color(ofIndex: $0).distance(to: color) }.min()
      // Cube and ramp are searched channel by channel, so a near tie may go to either.
      #expect(Double(found.distance(to: color)) <= Double(best ?? 0) * 1.5 + 200)
    }
  }

  @Test func ditherKeepsTheMeanOfGray() {
    for depth in [ColorDepth.palette256, .palette16, .mono] {
      let mapping = PaletteMapping(depth: depth)
      for gray: UInt32 in [20, 64, 128, 200, 240] {
        var sum = 0
        for i in 0..<64 {
          let index = Int(mapping.index(of: gray * 0x10101, row: i / 8, column: i % 8))
          sum += depth == .mono ? index * 255 : Int(PaletteMapping.color(ofIndex: index).luma)
        }
        #expect(abs(sum / 64 - Int(gray)) <= 6, "\(depth) \(gray): \(sum / 64)")
      }
    }
  }

  @Test func theMatrixHoldsEveryThresholdOnce() {
    #expect(PaletteMapping.bayer.sorted() == (-31...32).map { Int32($0) })
  }

  @Test func outlinesWithSixteenColoursAreNoGrayAndAsTheirNames() {
    let mapping = PaletteMapping(depth: .palette16)
    var seen: Set<UInt32> = []
    for index in RegionColor.indices {
      let pixel = mapping.index(of: RegionColor.pixel(index), row: 0, column: 0)
      #expect(![0, 7, 8, 15].contains(pixel), "\(index)")
      #expect(Int32(pixel & 7) == mapping.textColor(index))
      seen.insert(pixel)
    }
    #expect(seen.count == RegionColor.indices.count)
  }

  /// Black that is no data stays black.
  @Test func whatIsNoDataStaysBlack() {
    for depth in ColorDepth.allCases {
      let mapping = PaletteMapping(depth: depth)
      let black = depth == .palette256 ? UInt32(16) : 0
      #expect(
        (0..<8).allSatisfy { mapping.index(of: ImagePatch.overlay, row: 3, column: $0) == black })
    }
  }

  @Test func outlinesWithoutColoursAreDashed() {
    let mapping = PaletteMapping(depth: .mono)
    for index in RegionColor.indices {
      let pixel = RegionColor.pixel(index)
      let across = (0..<60).map { mapping.index(of: pixel, row: 5, column: $0) }
      let down = (0..<60).map { mapping.index(of: pixel, row: $0, column: 9) }
      for run in [across, down] { #expect(run.count { $0 == 1 } == 30) }
    }
  }

  @Test func outlinesInASCIIAreLines() {
    var patch = ImagePatch()
    patch.place(CellArea(row: 2, column: 3, rows: 4, columns: 6))
    for i in patch.pixels.indices { patch.pixels[i] = 0x808080 }
    // A box over cells 1...4 by 0...2, and a mark that is no line.
    for x in 1...4 { for y in [1, 5] { patch.pixels[y * 6 + x] = RegionColor.pixel(74) } }
    for y in 1...5 { for x in [1, 4] { patch.pixels[y * 6 + x] = RegionColor.pixel(74) } }
    patch.pixels[7 * 6] = 0xFFFFFF | ImagePatch.overlay
    let lines = (0..<4).map { row in
      String(
        String.UnicodeScalarView((0..<6).map { patch.character(row: row + 2, column: $0 + 3) }))
    }
    let inside = lines[1].dropFirst(2).prefix(2)
    #expect(lines[0].dropFirst().dropLast() == "+--+")
    #expect(lines[1].dropFirst().dropLast() == "|\(inside)|" && !inside.contains("-"))
    #expect(lines[2].dropFirst().dropLast() == "+--+")
    #expect(!lines[3].contains("-") && !lines[3].contains("|"))
    #expect(patch.cell(row: 2, column: 4).style.attributes == .reverse)
    #expect(patch.cell(row: 2, column: 3).style == .plain)
  }
}
