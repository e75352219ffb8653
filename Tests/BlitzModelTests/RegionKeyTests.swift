import BlitzCore
import BlitzModel
import Testing

@Suite struct RegionKeyTests {
  private func outlines(_ script: ViewerScript) -> [RegionOfInterest.Outline] {
    script.state.visibleRegions.map(\.region.outline)
  }

  @Test func aRectangleIsDrawnMovedResizedAndKept() throws {
    var script = try ViewerScript()
    script.type("r")
    #expect(outlines(script) == [.rectangle(x: 15, y: 11, width: 10, height: 7)])
    script.press(Key(.right), Key(.right), Key(.up))
    script.type("3L2J")
    script.press(Key(.left, .shift))
    #expect(outlines(script) == [.rectangle(x: 17, y: 10, width: 12, height: 9)])
    #expect(script.state.draftsNewRegion && script.state.frame == 0)
    script.press(Key(.enter), Key(.right))
    #expect(script.state.regions.entries.map(\.region.name) == ["A"])
    #expect(script.state.frame == 1)
    #expect(script.state.wantedPanes.contains(.trace))
  }

  @Test func escapeDropsTheDraftAndNothingElse() throws {
    var script = try ViewerScript()
    script.type("r")
    script.press(Key(.enter))
    script.type("e")
    script.press(Key(.escape))
    #expect(script.state.regions.entries.count == 1)
    #expect(script.state.draft == nil && script.state.focus == .frames)
  }

  @Test func tKeepsAndStartsTheNext() throws {
    var script = try ViewerScript()
    script.type("rt")
    script.press(Key(.down))
    script.type("t")
    script.press(Key(.escape))
    #expect(script.state.regions.entries.map(\.region.name) == ["A", "B"])
    #expect(Set(script.state.regions.entries.map(\.color)).count == 2)
  }

  @Test func aPolygonTakesThreeCorners() throws {
    var script = try ViewerScript()
    script.type("n")
    script.press(Key(.enter))
    #expect(script.state.notice != nil && script.state.draft != nil)
    script.type("t5")
    script.press(Key(.right))
    script.type("t4")
    script.press(Key(.down))
    script.type("tt")
    script.press(Key(.backspace), Key(.enter))
    #expect(
      outlines(script) == [
        .polygon([
          .init(x: 19, y: 14), .init(x: 24, y: 14), .init(x: 24, y: 18),
        ])
      ])
  }

  @Test func draftsStayInTheFrame() throws {
    var script = try ViewerScript()
    script.type("r999")
    script.press(Key(.left))
    script.type("999")
    script.press(Key(.right, .shift))
    script.type("9999J")
    #expect(outlines(script) == [.rectangle(x: 0, y: 11, width: 40, height: 19)])
    script.type("9999H9999K")
    #expect(outlines(script) == [.rectangle(x: 0, y: 11, width: 1, height: 1)])
  }

  @Test func tabChangesAKeptRegionInOneUndoableEdit() throws {
    var script = try ViewerScript()
    script.type("r")
    script.press(Key(.enter))
    let before = outlines(script)
    script.press(Key(.tab), Key(.right), Key(.right), Key(.down), Key(.enter))
    #expect(outlines(script) == [.rectangle(x: 17, y: 12, width: 10, height: 7)])
    script.type("u")
    #expect(outlines(script) == before)
    script.press(.control("r"))
    #expect(outlines(script) == [.rectangle(x: 17, y: 12, width: 10, height: 7)])
    script.type("uu")
    #expect(outlines(script).isEmpty)
    script.type("u")
    #expect(script.state.notice?.text == "nothing to undo")
  }

  @Test func deletedRegionsComeBackUnderTheirNames() throws {
    var script = try ViewerScript()
    script.type("rtt")
    script.press(Key(.escape), Key(.tab))
    script.type("x")
    #expect(script.state.regions.entries.map(\.region.name) == ["B"])
    script.type("u")
    #expect(script.state.regions.entries.map(\.region.name) == ["A", "B"])
  }

  @Test func theMouseDrawsAndMoves() throws {
    var script = try ViewerScript()
    func mouse(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) -> Message {
      .pointer(
        PointerEvent(.image(PixelPoint(x: x, y: y)), MouseEvent(.left, kind, row: 0, column: 0)))
    }
    for message in [
      mouse(.press, 9, 8), mouse(.drag, 5, 4), mouse(.drag, 4, 3), mouse(.release, 4, 3),
    ] { script.send(message) }
    #expect(outlines(script) == [.rectangle(x: 4, y: 3, width: 6, height: 6)])
    for message in [mouse(.press, 6, 6), mouse(.drag, 8, 7), mouse(.release, 8, 7)] {
      script.send(message)
    }
    #expect(outlines(script) == [.rectangle(x: 6, y: 4, width: 6, height: 6)])
    script.send(mouse(.press, 30, 20))
    script.send(mouse(.release, 30, 20))
    #expect(script.state.regions.entries.count == 1)
  }

  @Test func pinnedPointsAndTypedRegions() throws {
    var script = try ViewerScript()
    script.type("Y")
    #expect(script.state.notice != nil)
    script.type("c")
    script.press(Key(.enter))
    script.type("Y:roi glow=ellipse:3,4,5,6")
    script.press(Key(.enter))
    #expect(outlines(script) == [.point(x: 20, y: 15), .ellipse(x: 3, y: 4, width: 5, height: 6)])
    #expect(script.state.regions.selected?.region.name == "glow")
    script.type("z")
    let place = try #require(script.state.placement)
    #expect(place.width < 20 && place.x <= 3 && place.x + place.width >= 8)
  }

  @Test(arguments: [
    ("rect:5000,1,2,2", "ROI rect 5000,1 2x2 lies outside the image of 40x30"),
    ("point:-5,3", "ROI point -5,3 lies outside the image of 40x30"),
    ("ellipse:2,-9,9,9", "ROI ellipse 2,-9 9x9 lies outside the image of 40x30"),
    ("polygon:1,1,5,5,9,9", "ROI polygon 3 corners encloses no pixel"),
    ("B=rect:1,1,2,2", "there is a ROI B already; x deletes it, another name keeps both"),
  ])
  func typedRegionsThatSayNothingAreRefused(text: String, why: String) throws {
    var script = try ViewerScript()
    script.command("roi B=rect:3,3,4,4")
    script.command("roi \(text)")
    #expect(script.state.regions.entries.count == 1 && script.state.notice?.text == why)
  }

  @Test func aTypedRegionIsTracedAndItsClippingIsSaid() throws {
    var script = try ViewerScript()
    script.command("roi rect:30,20,10,10")
    #expect(script.state.isTraceOpen && script.state.notice == nil)
    script.command("roi rect:31,20,10,10")
    #expect(script.state.regions.entries.count == 2)
    #expect(script.state.notice?.text == "ROI B is clipped to the image of 40x30")
  }

  @Test func aDrawnPolygonEnclosesAPixel() throws {
    var script = try ViewerScript()
    script.type("nttt")
    script.press(Key(.enter))
    #expect(script.state.regions.entries.isEmpty && script.state.draft != nil)
    #expect(script.state.notice?.text.contains("encloses no pixel") == true)
  }
}
