import BlitzCore
import BlitzModel
import BlitzTestSupport
import Testing

@testable import BlitzTUI

@Suite struct RegionOverlayTests {
  /// A frame of 24 by 16 pixels, `zoom` screen pixels for each of its own, lying as `turns` say.
  private func draw(
    _ texts: [String], selected: Int? = nil, zoom: Double = 1, turns: [Action] = [],
    cells: CellShape = .half, depth: ColorDepth = .rgb, over ground: UInt32 = 0
  ) throws -> CellGrid {
    var samples = try ViewSamples(rows: 23, columns: 50)
    for turn in turns { samples.send(.action(turn)) }
    let isTurned = turns.count { $0 == .rotate } % 2 == 1
    let size = (columns: isTurned ? 16.0 : 24, rows: isTurned ? 24.0 : 16)
    let canvas = Viewport.Canvas(
      columns: Int(size.columns * zoom), rows: Int(size.rows * zoom), cells: cells)
    let placement = try #require(
      samples.state.viewport.placement(frameColumns: 24, frameRows: 16, canvas: canvas))
    let area = placement.covered(
      in: CellArea(row: 0, column: 0, rows: canvas.rows, columns: canvas.columns))
    var grid = CellGrid(rows: area.row + area.rows, columns: area.column + area.columns)
    grid.image.place(area, shape: cells)
    for i in grid.image.pixels.indices { grid.image.pixels[i] = ground }
    let marks = try texts.enumerated().map { index, text in
      RegionMark(
        region: try RegionOfInterest(parsing: text), color: RegionColor.index(index),
        isSelected: index == selected)
    }
    var overlay = RegionOverlay()
    overlay.draw(marks, placement: placement, rows: 16, columns: 24, depth: depth, in: &grid)
    return grid
  }

  /// The pixels drawn over: `#` for outlines, `O` for handles.
  func picture(_ text: String, isSelected: Bool = false) throws -> [String] {
    let patch = try draw([text], selected: isSelected ? 0 : nil).image
    return (0..<patch.pixelRows).map { row in
      String(
        (0..<patch.pixelColumns).map { column in
          let pixel = patch.pixels[row * patch.pixelColumns + column]
          return pixel & ImagePatch.overlay == 0 ? "." : pixel & 0xFFFFFF == 0xFFFFFF ? "O" : "#"
        })
    }
  }

  @Test(arguments: goldens)
  func outlinesLookAsTheyDid(text: String, isSelected: Bool, golden: String) throws {
    let drawn = try picture(text, isSelected: isSelected)
    #expect(
      drawn == golden.split(separator: "\n").map(String.init), "\n\(drawn.joined(separator: "\n"))")
  }

  @Test(arguments: [0x000000, 0xFFFFFF] as [UInt32])
  func withoutColoursOutlinesAreWhiteBetweenBlack(ground: UInt32) throws {
    let text = "ellipse:4,3,14,9"
    let outline = try draw([text], over: ground).image.pixels.map { $0 & ImagePatch.overlay != 0 }
    let patch = try draw([text], depth: .mono, over: ground).image
    let columns = patch.pixelColumns
    for place in outline.indices where outline[place] {
      #expect(patch.pixels[place] == 0xFFFFFF | ImagePatch.line)
    }
    for place in outline.indices where !outline[place] {
      let isNear = [-1, 0, 1].contains { row in
        [-1, 0, 1].contains { column in
          let (y, x) = (place / columns + row, place % columns + column)
          return 0..<patch.pixelRows ~= y && 0..<columns ~= x && outline[y * columns + x]
        }
      }
      #expect(patch.pixels[place] == (isNear ? ImagePatch.line : ground))
    }
  }

  @Test func outlinesAreTheOutermostPixelsOfTheRegion() throws {
    var random = SeededRandom(seed: 19)
    for _ in 0..<100 {
      let numbers = (0..<4).map { _ in Int.random(in: 0..<12, using: &random) }
      let (x, y, width, height) = (numbers[0], numbers[1], numbers[2] + 3, numbers[3] + 3)
      let patch = try draw(["rect:\(x),\(y),\(width),\(height)"]).image
      for row in 0..<16 {
        for column in 0..<24 {
          let isInside = x..<x + width ~= column && y..<min(y + height, 16) ~= row
          let isDeep =
            x + 1..<min(x + width, 24) - 1 ~= column
            && y + 1 < min(y + height, 16) - 1 && y + 1..<min(y + height, 16) - 1 ~= row
          let isDrawn = patch.pixels[row * 24 + column] & ImagePatch.overlay != 0
          // Cut to a sliver by the frame, it is ringed instead.
          if min(y + height, 16) - y >= 3, min(x + width, 24) - x >= 3 {
            #expect(isDrawn == (isInside && !isDeep))
          }
        }
      }
    }
  }

  @Test(arguments: [0.3, 0.71, 1, 1.63, 3.2], [CellShape.half, .quadrant])
  func handlesStandOnTheOutline(zoom: Double, cells: CellShape) throws {
    var random = SeededRandom(seed: 23)
    for _ in 0..<60 {
      let numbers = (0..<4).map { _ in Int.random(in: 0..<8, using: &random) }
      let shape = numbers[0].isMultiple(of: 2) ? "rect" : "ellipse"
      let text = "\(shape):\(numbers[0]),\(numbers[1]),\(numbers[2] + 1),\(numbers[3] + 1)"
      let plain = try draw([text], zoom: zoom, cells: cells).image
      let selected = try draw([text], selected: 0, zoom: zoom, cells: cells).image
      func box(_ patch: ImagePatch) -> [Int?] {
        let drawn = patch.pixels.indices.filter { patch.pixels[$0] & ImagePatch.overlay != 0 }
        let (rows, columns) = (
          drawn.map { $0 / patch.pixelColumns }, drawn.map { $0 % patch.pixelColumns }
        )
        return [rows.min(), rows.max(), columns.min(), columns.max()]
      }
      #expect(box(selected) == box(plain), "\(text)")
    }
  }

  @Test func outlinesLieLikeTheImage() throws {
    let text = "polygon:2,2,20,5,8,14"
    let upright = try draw([text], selected: 0).image
    func pixel(_ patch: ImagePatch, _ row: Int, _ column: Int) -> UInt32 {
      patch.pixels[row * patch.pixelColumns + column]
    }
    let flipped = try draw([text], selected: 0, turns: [.flip(.x)]).image
    let turned = try draw([text], selected: 0, turns: [.rotate]).image
    let both = try draw([text], selected: 0, turns: [.rotate, .flip(.y)]).image
    #expect((turned.pixelRows, turned.pixelColumns) == (24, 16))
    for row in 0..<16 {
      for column in 0..<24 {
        let expected = pixel(upright, row, column)
        #expect(pixel(flipped, row, 23 - column) == expected)
        #expect(pixel(turned, column, 15 - row) == expected)
        #expect(pixel(both, 23 - column, 15 - row) == expected)
      }
    }
  }

  @Test func smallRegionsStayVisibleInside() throws {
    for text in ["point:5,5", "rect:5,5,2,2", "rect:3,5,12,1", "ellipse:4,4,2,3"] {
      let patch = try draw(["p=" + text]).image
      #expect(patch.pixels[5 * 24 + 5] & ImagePatch.overlay == 0)
      #expect(patch.pixels.contains { $0 & ImagePatch.overlay != 0 })
    }
  }

  @Test func theWholeFrameIsOutlinedAtItsEdge() throws {
    let patch = try draw(["rect:0,0,24,16"]).image
    #expect(patch.pixels.filter { $0 & ImagePatch.overlay != 0 }.count == 2 * 24 + 2 * 14)
  }

  @Test func magnifiedOutlinesStayOnePixelWide() throws {
    let patch = try draw(["rect:4,4,5,3"], zoom: 4).image
    #expect(patch.pixels.filter { $0 & ImagePatch.overlay != 0 }.count == 2 * 20 + 2 * 10)
  }

  @Test func regionsOutsideTheFrameDrawNothing() throws {
    let grid = try draw(["far=rect:100,100,5,5", "near=rect:-9,-9,3,3"])
    #expect(grid.image.pixels.allSatisfy { $0 == 0 })
    #expect(grid.lines.joined().allSatisfy { $0 == "#" })
  }

  @Test func namesStandOverTheCornerInTheRegionsColour() throws {
    let grid = try draw(["A=rect:4,6,8,6", "B=ellipse:2,0,9,9"], selected: 0)
    #expect(grid[2, 4] == Cell("A", TextStyle(foreground: 214, [.bold, .reverse])))
    #expect(grid[5, 2] == Cell("B", TextStyle(foreground: 74, .bold)))
  }

  static let goldens: [(String, Bool, String)] = [
    (
      "rect:3,4,9,7", false,
      """
      ........................
      ........................
      ........................
      ........................
      ...#########............
      ...#.......#............
      ...#.......#............
      ...#.......#............
      ...#.......#............
      ...#.......#............
      ...#########............
      ........................
      ........................
      ........................
      ........................
      ........................
      """
    ),
    (
      "ellipse:2,1,20,13", true,
      """
      ........................
      ..O.....########.....O..
      ......##........##......
      ....##............##....
      ...#................#...
      ..#..................#..
      ..#..................#..
      ..#..................#..
      ..#..................#..
      ..#..................#..
      ...#................#...
      ....##............##....
      ......##........##......
      ..O.....########.....O..
      ........................
      ........................
      """
    ),
    (
      "polygon:2,2,20,5,8,14", true,
      """
      ........................
      ........................
      ..O##...................
      ...#.######.............
      ...#.......######.......
      ....#............#O.....
      ....#............#......
      .....#.........##.......
      .....#........#.........
      ......#......#..........
      ......#....##...........
      .......#..#.............
      .......#.#..............
      ........O...............
      ........................
      ........................
      """
    ),
    (
      "point:12,8", true,
      """
      ........................
      ........................
      ........................
      ........................
      ........................
      ........................
      ........................
      ...........###..........
      ...........#.#..........
      ...........###..........
      ........................
      ........................
      ........................
      ........................
      ........................
      ........................
      """
    ),
    (
      "rect:-4,9,12,20", false,
      """
      ........................
      ........................
      ........................
      ........................
      ........................
      ........................
      ........................
      ........................
      ........................
      ########................
      #......#................
      #......#................
      #......#................
      #......#................
      #......#................
      ########................
      """
    ),
  ]
}
