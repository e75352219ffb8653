import BlitzCore
import BlitzModel
import Testing

@Suite struct ViewportTests {
  @Test func aFrameFitsAndKeepsItsAspect() throws {
    let script = try ViewerScript()
    let place = try #require(script.state.placement)
    #expect((place.width, place.height) == (40, 30))
    #expect((place.columns, place.rows) == (53, 40))
    #expect((place.column, place.row) == (13, 0))
  }

  @Test func flatPixelsShowFewerRows() throws {
    var script = try ViewerScript()
    script.send(.canvas(Viewport.Canvas(columns: 80, rows: 40, pixelAspect: 1.25)))
    let place = try #require(script.state.placement)
    #expect((place.columns, place.rows) == (67, 40))
  }

  @Test func narrowPixelsOfQuadrantsShowMoreColumns() throws {
    var script = try ViewerScript()
    let canvas = Viewport.Canvas(columns: 160, rows: 40, pixelAspect: 2, cells: .quadrant)
    script.send(.canvas(canvas))
    let place = try #require(script.state.placement)
    // Twice the columns of the same picture in half blocks, but for rounding.
    #expect((place.columns, place.rows) == (107, 40) && place.cells == .quadrant)
    #expect(try #require(place.source(column: place.column + 106, row: 0)) == (39, 0))
  }

  @Test func theMiddleButtonMovesThePixelUnderIt() throws {
    var script = try ViewerScript()
    script.type("6+")
    func drag(_ kind: MouseEvent.Kind, _ button: MouseEvent.Button, to x: Int, _ y: Int) throws {
      let event = MouseEvent(button, kind, row: 0, column: 0)
      script.send(.pointer(PointerEvent(.image(PixelPoint(x: x, y: y)), event)))
    }
    let start = try #require(script.state.placement)
    for button in [MouseEvent.Button.middle, .right] {
      let before = try #require(script.state.placement)
      try drag(.press, button, to: 20, 15)
      #expect(script.state.placement == before)
      // One pixel to the left and two up: the view shows what lies right of it and below.
      try drag(.drag, button, to: 19, 13)
      let after = try #require(script.state.placement)
      #expect((after.x, after.y) == (before.x + 1, before.y + 2))
      #expect((after.width, after.height) == (before.width, before.height))
      try drag(.release, button, to: 20, 15)
    }
    try drag(.press, .right, to: 39, 29)
    for _ in 0..<60 { try drag(.drag, .right, to: 38, 28) }
    let corner = try #require(script.state.placement)
    #expect(corner.x + corner.width == 40 && corner.y + corner.height == 30)
    #expect(corner.width == start.width && script.state.regions.entries.isEmpty)
  }

  @Test func oneToOneShowsAPixelAPixel() throws {
    var script = try ViewerScript()
    script.type("Z")
    let place = try #require(script.state.placement)
    #expect((place.columns, place.rows) == (40, 30))
    script.type("Z")
    #expect(script.state.placement?.rows == 40)
  }

  @Test func zoomingInShowsTheMiddleAndPanningReachesTheEdge() throws {
    var script = try ViewerScript()
    script.type("6+")
    let middle = try #require(script.state.placement)
    #expect(middle.width < 12 && middle.height < 6)
    #expect(abs(middle.x + middle.width / 2 - 20) <= 1)
    for _ in 0..<100 { script.press(Key(.right, .alt), Key(.down, .alt)) }
    let corner = try #require(script.state.placement)
    #expect(corner.x + corner.width == 40)
    #expect(corner.y + corner.height == 30)
    script.press(Key(.left, .alt))
    #expect(try #require(script.state.placement).x < corner.x)
  }

  @Test(arguments: [(1, 1), (1, 2), (2, 1), (3, 5), (500, 400), (4000, 2)])
  func anyCanvasGetsAPlacementInside(columns: Int, rows: Int) throws {
    var script = try ViewerScript()
    script.send(.canvas(Viewport.Canvas(columns: columns, rows: rows)))
    for keys in ["", "+", "40+", "99-", "Z"] {
      script.type(keys)
      let place = try #require(script.state.placement)
      #expect(place.columns >= 1 && place.column >= 0 && place.column + place.columns <= columns)
      #expect(place.rows >= 1 && place.row >= 0 && place.row + place.rows <= rows)
      #expect(place.x >= 0 && place.width >= 1 && place.x + place.width <= 40)
      #expect(place.y >= 0 && place.height >= 1 && place.y + place.height <= 30)
    }
  }

  @Test func noRoomIsNoPicture() throws {
    var script = try ViewerScript()
    script.send(.canvas(Viewport.Canvas(columns: 0, rows: 10)))
    #expect(script.state.pictureRequest == nil)
    script.type("+-ZcP")
    #expect(script.state.crosshair == nil)
  }

  @Test func canvasAndSourcePixelsMapBack() throws {
    var script = try ViewerScript()
    for keys in ["", "5+", "Z"] {
      script.type(keys)
      let place = try #require(script.state.placement)
      for y in place.y..<place.y + place.height {
        for x in place.x..<place.x + place.width where place.columns >= place.width {
          let at = try #require(place.canvas(x: x, y: y))
          let back = try #require(place.source(column: at.column, row: at.row))
          #expect(back == (x, y))
        }
      }
      #expect(place.source(column: place.column - 1, row: place.row) == nil)
    }
  }
}
