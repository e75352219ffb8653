import BlitzCore
import BlitzModel
import BlitzTUI
import Testing

@Suite struct ImageViewTests {
  /// A screen in quadrants, its picture computed for them.
  private func quadrants(rows: Int, columns: Int) throws -> ViewSamples {
    var samples = try ViewSamples(rows: rows, columns: columns)
    samples.send(.action(.setCells(.quadrant)))
    let layout = try #require(ScreenLayout(rows: rows, columns: columns))
    samples.send(.canvas(layout.canvas(cellAspect: 2, cells: .quadrant)))
    samples.show()
    return samples
  }

  @Test(arguments: [(24, 80), (48, 160), (12, 40), (6, 20), (10, 31)])
  func quadrantsShowTheSameAreaInTwiceTheColumns(rows: Int, columns: Int) throws {
    let half = try ViewSamples(rows: rows, columns: columns).grid(rows: rows, columns: columns)
    let fine = try quadrants(rows: rows, columns: columns).grid(rows: rows, columns: columns)
    #expect(fine.image.shape == .quadrant)
    #expect(fine.image.area.rows == half.image.area.rows)
    #expect(abs(fine.image.area.columns - half.image.area.columns) <= 1)
    #expect(fine.image.pixels.count == fine.image.pixelColumns * fine.image.pixelRows)
  }

  @Test(arguments: [(12, 40), (12, 41), (13, 100)])
  func everyQuadrantHasTheColourOfItsSourcePixel(rows: Int, columns: Int) throws {
    let samples = try quadrants(rows: rows, columns: columns)
    let patch = samples.grid(rows: rows, columns: columns).image
    let place = try #require(samples.picture.request?.placement)
    let layout = try #require(ScreenLayout(rows: rows, columns: columns))
    let (left, top) = (
      place.column - (patch.area.column - layout.image.column) * 2,
      place.row - (patch.area.row - layout.image.row) * 2
    )
    #expect(0...1 ~= left && 0...1 ~= top)
    for row in 0..<patch.pixelRows {
      for column in 0..<patch.pixelColumns {
        let isImage = 0..<place.columns ~= column - left && 0..<place.rows ~= row - top
        // Frame 0 holds 10 x column; what is left over at the edge is black and no data.
        let source = UInt32(max(column - left, 0) * 8 / place.columns)
        #expect(
          patch.pixels[row * patch.pixelColumns + column]
            == (isImage ? source * 10 * 0x010101 : ImagePatch.overlay))
      }
    }
  }

  @Test func anImageForOtherCellsIsDrawnAsItIsUntilTheNextComes() throws {
    var samples = try ViewSamples(rows: 12, columns: 40)
    let before = samples.grid(rows: 12, columns: 40)
    samples.send(.action(.setCells(.quadrant)))
    let after = samples.grid(rows: 12, columns: 40)
    #expect(after.image == before.image)
  }

  /// A pixel that is no number, one below the levels, one above, the others between.
  private func marked(_ depth: ColorDepth) throws -> (ImagePatch, plain: ImagePatch) {
    var samples = try ViewSamples(rows: 12, columns: 100)
    let plain = samples.grid(rows: 12, columns: 100).image
    samples.picture.samples[0] = .nan
    samples.picture.samples[1] = -0.5
    samples.picture.samples[2] = 255.5
    samples.type("&")
    // The answer to the keys is the picture as it was.
    samples.picture.samples[0] = .nan
    samples.picture.samples[1] = -0.5
    samples.picture.samples[2] = 255.5
    var grid = CellGrid(rows: 12, columns: 100)
    var view = ScreenView()
    view.draw(
      ScreenInputs(
        state: samples.state, picture: samples.picture, stack: samples.stack, isExact: true,
        meter: [], depth: depth), in: &grid)
    return (grid.image, plain)
  }

  @Test(arguments: [ColorDepth.rgb, .palette256, .palette16])
  func marksHaveColoursOfTheirOwn(depth: ColorDepth) throws {
    let (patch, plain) = try marked(depth)
    #expect(Set(patch.pixels[..<3]).count == 3)
    #expect(patch.pixels[..<3].allSatisfy { $0 & ImagePatch.overlay != 0 })
    #expect(patch.pixels[3...] == plain.pixels[3...])
  }

  @Test func marksWithoutColoursArePatterns() throws {
    for depth in [ColorDepth.mono, .ascii] {
      var samples = try ViewSamples(rows: 12, columns: 100)
      samples.type("&")
      var kinds: [[UInt32]] = []
      for value in [Float.nan, -1, 300] {
        for i in samples.picture.samples.indices { samples.picture.samples[i] = value }
        var grid = CellGrid(rows: 12, columns: 100)
        var view = ScreenView()
        view.draw(
          ScreenInputs(
            state: samples.state, picture: samples.picture, stack: samples.stack, isExact: true,
            meter: [], depth: depth), in: &grid)
        kinds.append(grid.image.pixels.map { $0 & 0xFFFFFF })
      }
      let lit = kinds.map { Double($0.count { $0 == 0xFFFFFF }) / Double($0.count) }
      #expect(
        abs(lit[0] - 0.5) < 0.1 && abs(lit[1] - 1 / 16) < 0.05 && abs(lit[2] - 15 / 16) < 0.05)
      #expect(kinds.allSatisfy { Set($0) == [0, 0xFFFFFF] })
    }
  }

  @Test func withoutTheKeyNothingIsMarked() throws {
    var samples = try ViewSamples(rows: 12, columns: 100)
    samples.picture.samples[0] = .nan
    #expect(
      samples.grid(rows: 12, columns: 100).image.pixels.allSatisfy { $0 < ImagePatch.overlay })
  }

  @Test func theCrosshairIsSeenOnDarkAndOnBright() throws {
    for value in [Float(0), 127, 255] {
      var samples = try ViewSamples(rows: 24, columns: 80)
      samples.type("c")
      let layout = try #require(ScreenLayout(rows: 24, columns: 80, panes: .profiles))
      samples.send(.canvas(layout.canvas(cellAspect: 2)))
      samples.show()
      for i in samples.picture.samples.indices { samples.picture.samples[i] = value }
      let patch = samples.grid(rows: 24, columns: 80).image
      let lines = patch.pixels.filter { $0 & ImagePatch.line == ImagePatch.line }
      let counts = [0, 0xFFFFFF].map { color in lines.count { $0 & 0xFFFFFF == color } }
      #expect(counts[0] + counts[1] == lines.count && lines.count > 20)
      #expect(abs(counts[0] - counts[1]) * 4 < lines.count, "both, in dashes")
    }
  }
}
