import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzTUI

extension ScreenTests {
  /// Lossy rungs: bounded error, exact in the end.
  @Suite struct RungTests {
    @Test(
      "error stays within the dead band, then nothing is left",
      arguments: [
        Rung.steady, .fine, .coarse,
      ])
    func errorIsBounded(rung: Rung) throws {
      var movie = try Movie(seed: 11)
      for _ in 0..<30 {
        movie.step()
        movie.screen.draw(movie.grid, rung: rung)
        #expect(movie.worstError() <= Int(rung.deadBand))
      }
      movie.screen.draw(movie.grid, rung: .exact)
      let isExact = movie.screen.isExact
      #expect(movie.worstError() == 0 && isExact)
      // Drawing the same once more must not make it worse again.
      let bytes = movie.screen.draw(movie.grid, rung: rung)
      let staysExact = movie.screen.isExact
      #expect(bytes == 0 && staysExact)
      #expect(movie.screen.emulator.violations == [])
    }

    @Test func slowDriftsDoNotEscapeTheDeadBand() throws {
      var movie = try Movie(seed: 12)
      for level in 0..<200 {
        movie.fill(level: level)
        movie.screen.draw(movie.grid, rung: .coarse)
        #expect(movie.worstError() <= 9)
      }
    }

    @Test func eachRungNeedsFewerBytes() throws {
      let totals = try [Rung.exact, .steady, .fine, .coarse, .palette].map { rung in
        var movie = try Movie(seed: 13)
        var total = 0
        for _ in 0..<12 {
          movie.step()
          total += movie.screen.draw(movie.grid, rung: rung)
        }
        return total
      }
      for (more, less) in zip(totals, totals.dropFirst()) { #expect(less < more) }
    }

    @Test(
      "what settled stays exact under text and its changes", arguments: [Rung.coarse, .palette])
    func settledImagesStayExact(rung: Rung) throws {
      var movie = try Movie(seed: 16)
      movie.step()
      movie.screen.draw(movie.grid, rung: rung)
      movie.step()
      movie.grid.write(PrintableText("covered"), row: 3, column: 9)
      movie.screen.draw(movie.grid, rung: rung)
      var isExact = movie.screen.isExact
      #expect(!isExact)
      movie.screen.draw(movie.grid, rung: .exact)
      for text in ["", "x", "covered more"] {
        movie.grid.clear()
        movie.grid.write(PrintableText(text), row: 3, column: 9)
        movie.screen.draw(movie.grid, rung: rung)
        isExact = movie.screen.isExact
        #expect(isExact)
      }
    }

    @Test func overlaysAreNeverQuantised() throws {
      var movie = try Movie(seed: 14)
      let color: UInt32 = 0xFFB001
      movie.grid.image.pixels[5] = color | ImagePatch.overlay
      movie.screen.draw(movie.grid, rung: .coarse)
      #expect(movie.screen.emulator.quarters(row: 0, column: 5)?[0] == .rgb(color))
    }

    @Test func colorStacksAreQuantisedByChannel() throws {
      var movie = try Movie(seed: 15)
      movie.grid.image.levels.removeAll()
      for _ in 0..<10 {
        for i in movie.grid.image.pixels.indices {
          movie.grid.image.pixels[i] = UInt32.random(in: 0...0xFF_FFFF, using: &movie.random)
        }
        movie.screen.draw(movie.grid, rung: .fine)
        #expect(movie.worstError() <= Int(Rung.fine.deadBand))
      }
    }

    @Test func quantisedLevelsKeepBothEnds() {
      for rung in Rung.allCases {
        #expect(rung.quantized(0) == 0 && rung.quantized(255) == 255)
        for level in UInt8.min...UInt8.max {
          let error = abs(Int(rung.quantized(level)) - Int(level))
          #expect(error <= Int(rung.deadBand))
        }
      }
    }
  }
}

/// A gray image of a drifting, noisy blob on a screen.
private struct Movie: ~Copyable {
  var screen: PaintedScreen
  var grid = CellGrid(rows: 12, columns: 40)
  var random: SeededRandom
  private var time = 0

  init(seed: UInt64) throws {
    screen = try PaintedScreen(rows: 12, columns: 40)
    random = SeededRandom(seed: seed)
    grid.image.place(CellArea(row: 0, column: 0, rows: 12, columns: 40))
    grid.image.colors = (0..<256).map { UInt32($0) * 0x10101 }
    grid.image.resizeLevels()
  }

  mutating func step() {
    time += 1
    for i in grid.image.pixels.indices {
      let x = i % 40 - 10 - time
      let y = i / 40 - 12
      set(i, max(0, 220 - x * x - y * y) + random.int(0..<6))
    }
  }

  mutating func fill(level: Int) {
    for i in grid.image.pixels.indices { set(i, level) }
  }

  private mutating func set(_ i: Int, _ level: Int) {
    grid.image.levels[i] = UInt8(clamping: level)
    grid.image.pixels[i] = UInt32(UInt8(clamping: level)) * 0x10101
  }

  /// Largest difference of a channel between what is shown and what is wanted.
  func worstError() -> Int {
    var worst = 0
    for i in grid.image.pixels.indices {
      let quarters = screen.emulator.quarters(row: i / 80, column: i % 40)
      guard case .rgb(let shown)? = quarters?[i / 40 % 2 * 2] else { return 256 }
      for shift: UInt32 in [0, 8, 16] {
        let a = Int(shown >> shift & 255)
        let b = Int(grid.image.pixels[i] >> shift & 255)
        worst = max(worst, abs(a - b))
      }
    }
    return worst
  }
}
