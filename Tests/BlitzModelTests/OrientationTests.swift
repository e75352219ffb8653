import BlitzCore
import BlitzModel
import Testing

@Suite struct OrientationTests {
  /// All eight ways to lie, by the commands that lead there.
  static let ways: [[String]] = [
    [], ["flip x"], ["flip y"], ["flip x", "flip y"], ["rotate"], ["rotate", "rotate", "rotate"],
    ["rotate", "flip x"], ["rotate", "flip y"],
  ]

  private func script(_ commands: [String]) throws -> ViewerScript {
    var script = try ViewerScript()
    for command in commands {
      script.type(":" + command)
      script.press(Key(.enter))
    }
    return script
  }

  @Test(
    arguments: zip(
      ways,
      [
        nil, "flip x", "flip y", "rotate 180", "rotate 90", "rotate 270", "rotate 90 flip x",
        "rotate 90 flip y",
      ]))
  func wordsSayHowItLies(commands: [String], text: String?) throws {
    #expect(try script(commands).state.viewport.orientation.text == text)
  }

  @Test func theTopLeftPixelGoesWhereItShould() throws {
    // 40 x 30 pixels on 80 x 40: 53 x 40 upright, 30 x 40 turned.
    for (commands, column, row) in [
      ([], 13, 0), (["flip x"], 13 + 52, 0), (["flip y"], 13, 39), (["rotate"], 25 + 29, 0),
      (["rotate", "rotate"], 13 + 52, 39), (["rotate", "rotate", "rotate"], 25, 39),
      (["rotate", "flip x"], 25, 0),
    ] {
      let place = try #require(try script(commands).state.placement)
      let source = try #require(place.source(column: column, row: row))
      #expect(source == (0, 0), "\(commands)")
    }
  }

  @Test(arguments: ways) func screenAndSourceLeadToEachOther(commands: [String]) throws {
    var script = try script(commands)
    for keys in ["", "3+", "5+"] {
      script.type(keys)
      for _ in 0..<3 { script.press(Key(.right, .alt), Key(.down, .alt)) }
      let place = try #require(script.state.placement)
      for x in place.x..<place.x + place.width {
        for y in place.y..<place.y + place.height {
          let pixel = try #require(place.canvas(x: x, y: y))
          let back = try #require(place.source(column: pixel.column, row: pixel.row))
          // Where pixels are enlarged, each has one of its own.
          #expect(back == (x, y) || place.columns < 40)
        }
      }
      for column in 0..<place.columns {
        let upright = place.upright(column: column, row: column % place.rows)
        #expect(
          place.shown(column: upright.column, row: upright.row) == (column, column % place.rows))
      }
    }
  }

  @Test(arguments: ways) func arrowsAndPansGoAsTheScreenShows(commands: [String]) throws {
    var script = try script(commands)
    script.type("4+c")
    func cell() throws -> (column: Int, row: Int) {
      let point = try #require(script.state.crosshair)
      return try #require(script.state.placement?.canvas(x: point.x, y: point.y))
    }
    let start = try cell()
    script.press(Key(.right))
    let right = try cell()
    #expect(right.column > start.column && right.row == start.row)
    script.press(Key(.down))
    let down = try cell()
    #expect(down.column == right.column && down.row > right.row)
    // The view goes right and down: what it shows moves left and up.
    script.type("3")
    script.press(Key(.right, .alt))
    script.type("3")
    script.press(Key(.down, .alt))
    let moved = try cell()
    #expect(moved.column < down.column && moved.row < down.row)
  }

  @Test(arguments: ways) func regionsMoveAndGrowAsTheScreenShows(commands: [String]) throws {
    var script = try script(commands)
    script.type("r")
    func box() throws -> (columns: Range<Int>, rows: Range<Int>) {
      let box = try #require(script.state.draft?.outline?.box)
      let place = try #require(script.state.placement)
      let a = try #require(place.canvas(x: box.x, y: box.y))
      let b = try #require(place.canvas(x: box.x + box.width - 1, y: box.y + box.height - 1))
      return (
        min(a.column, b.column)..<max(a.column, b.column), min(a.row, b.row)..<max(a.row, b.row)
      )
    }
    let start = try box()
    script.press(Key(.right), Key(.right), Key(.up))
    let moved = try box()
    #expect(moved.columns.lowerBound > start.columns.lowerBound)
    #expect(moved.rows.upperBound < start.rows.upperBound)
    script.type("LLL")
    let wider = try box()
    #expect(wider.columns.count > moved.columns.count)
    #expect(abs(wider.rows.count - moved.rows.count) <= 1)
  }

  @Test(arguments: ways) func zoomingToARegionShowsAllOfIt(commands: [String]) throws {
    var script = try script(commands)
    script.send(.action(.addRegion(try RegionOfInterest(parsing: "rect:3,20,12,4"))))
    script.type("z")
    let place = try #require(script.state.placement)
    #expect(place.x <= 3 && place.x + place.width >= 15 && place.width < 30)
    #expect(place.y <= 20 && place.y + place.height >= 24)
  }

  @Test func fourQuartersAreAWholeTurn() throws {
    #expect(try script(["rotate", "rotate", "rotate", "rotate"]).state.viewport == Viewport())
    #expect(try script(["flip y", "flip y"]).state.viewport == Viewport())
  }

  @Test func numbersStayTheSources() throws {
    var script = try script(["rotate"])
    script.type("c")
    #expect(script.state.crosshair == PixelPoint(x: 20, y: 15))
    let place = try #require(script.state.pictureRequest?.placement)
    #expect((place.x, place.y, place.width, place.height) == (0, 0, 40, 30))
    #expect((place.columns, place.rows) == (30, 40) && place.upright == (40, 30))
  }
}
