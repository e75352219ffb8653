import BlitzCore
import BlitzModel
import Testing

@Suite struct RegionMouseTests {
  private func outlines(_ script: ViewerScript) -> [RegionOfInterest.Outline] {
    script.state.visibleRegions.map(\.region.outline)
  }

  @Test func drawingKeepsTheBoxBetweenTwoPixels() throws {
    var script = try ViewerScript()
    script.drag((9, 8), (5, 4), (4, 3))
    #expect(outlines(script) == [.rectangle(x: 4, y: 3, width: 6, height: 6)])
    #expect(script.state.draft == nil && script.state.focus == .frames)
    script.type("e")
    script.drag((30, 20), (39, 29))
    #expect(outlines(script).last == .ellipse(x: 30, y: 20, width: 10, height: 10))
    #expect(script.state.regions.entries.map(\.region.name) == ["A", "B"])
  }

  @Test func cornersResizeAndTheInsideMoves() throws {
    var script = try ViewerScript()
    script.command("roi rect:10,10,12,8")
    script.drag((21, 17), (25, 20))
    #expect(outlines(script) == [.rectangle(x: 10, y: 10, width: 16, height: 11)])
    script.drag((10, 10), (30, 25))
    #expect(outlines(script) == [.rectangle(x: 25, y: 20, width: 6, height: 6)])
    script.drag((28, 22), (8, 2), (9, 2))
    #expect(outlines(script) == [.rectangle(x: 6, y: 0, width: 6, height: 6)])
    // Each drag is one edit.
    script.type("u")
    #expect(outlines(script) == [.rectangle(x: 25, y: 20, width: 6, height: 6)])
    script.type("uu")
    #expect(outlines(script) == [.rectangle(x: 10, y: 10, width: 12, height: 8)])
  }

  @Test func theRegionInFrontIsTakenAndSelected() throws {
    var script = try ViewerScript()
    script.command("roi rect:2,2,20,20")
    script.command("roi ellipse:8,8,9,9")
    script.drag((12, 12), (13, 13))
    #expect(outlines(script)[1] == .ellipse(x: 9, y: 9, width: 9, height: 9))
    script.drag((4, 12))
    #expect(script.state.regions.selection == 0 && script.state.focus == .frames)
    script.drag((4, 12), (5, 12))
    #expect(outlines(script)[0] == .rectangle(x: 3, y: 2, width: 20, height: 20))
  }

  @Test func smallRegionsMoveAndPointsToo() throws {
    var script = try ViewerScript()
    script.command("roi rect:10,10,2,2")
    script.drag((10, 10), (12, 13))
    #expect(outlines(script) == [.rectangle(x: 12, y: 13, width: 2, height: 2)])
    script.command("roi point:30,20")
    script.drag((30, 20), (31, 22))
    #expect(outlines(script)[1] == .point(x: 31, y: 22))
    script.press(Key(.tab), Key(.tab), Key(.right), Key(.right, .shift), Key(.enter))
    #expect(outlines(script)[1] == .point(x: 32, y: 22))
  }

  @Test func aPolygonIsClickedAndItsCornersAreDragged() throws {
    var script = try ViewerScript()
    script.type("n")
    script.drag((5, 5))
    script.drag((15, 5))
    script.drag((15, 12), (15, 15))
    script.press(Key(.enter))
    #expect(
      outlines(script) == [.polygon([.init(x: 5, y: 5), .init(x: 15, y: 5), .init(x: 15, y: 15)])])
    script.drag((5, 5), (3, 4))
    script.drag((12, 7), (14, 8))
    #expect(
      outlines(script) == [.polygon([.init(x: 5, y: 5), .init(x: 17, y: 6), .init(x: 17, y: 16)])])
    // It stays whole in the frame.
    script.drag((13, 8), (0, 0))
    #expect(
      outlines(script) == [.polygon([.init(x: 5, y: 5), .init(x: 17, y: 6), .init(x: 17, y: 16)])])
  }

  @Test func theToolsDraftIsMovedResizedAndDrawnAnew() throws {
    var script = try ViewerScript()
    script.type("r")
    #expect(outlines(script) == [.rectangle(x: 15, y: 11, width: 10, height: 7)])
    script.drag((20, 14), (22, 15))
    #expect(outlines(script) == [.rectangle(x: 17, y: 12, width: 10, height: 7)])
    script.drag((26, 18), (28, 19))
    #expect(outlines(script) == [.rectangle(x: 17, y: 12, width: 12, height: 8)])
    #expect(script.state.regions.entries.isEmpty && script.state.focus == .region)
    script.drag((1, 1), (3, 3))
    #expect(script.state.regions.entries.map(\.region.outline).count == 1)
    #expect(outlines(script) == [.rectangle(x: 1, y: 1, width: 3, height: 3)])
  }

  @Test func theCrosshairFollowsTheMouseUnlessAToolIsOn() throws {
    var script = try ViewerScript()
    script.type("c")
    script.press(Key(.enter))
    script.drag((3, 4), (5, 6))
    #expect(script.state.crosshair == PixelPoint(x: 5, y: 6))
    #expect(script.state.regions.entries.isEmpty)
    script.type("r")
    script.drag((1, 1), (3, 3))
    #expect(script.state.crosshair == PixelPoint(x: 5, y: 6))
    #expect(script.state.regions.entries.count == 1)
  }

  @Test func enterBehindADrawnRegionIsNotTheOffers() throws {
    var script = try ViewerScript()
    script.send(.cacheOffered(CacheOffer(bytes: 10, free: 100)))
    script.drag((4, 3), (9, 8))
    script.press(Key(.enter))
    #expect(script.state.notice?.text == "ROI A is kept" && script.state.cacheOffer != nil)
    script.drag((9, 8), (12, 9))
    script.press(Key(.enter))
    #expect(script.state.notice?.text == "ROI A is kept" && script.state.cacheOffer != nil)
    script.press(Key(.enter))
    #expect(script.state.cacheOffer == nil && script.effects.contains(.buildCache))
  }

  @Test func aPressOrAWheelStepEndsANotice() throws {
    for (kind, button) in [
      (MouseEvent.Kind.press, MouseEvent.Button.left), (.press, .wheelDown), (.press, .right),
    ] {
      var script = try ViewerScript()
      script.send(.notice(PrintableText("told")))
      script.mouse(.move, .image(PixelPoint(x: 1, y: 1)), .none)
      #expect(script.state.notice?.text == "told")
      script.mouse(kind, .image(PixelPoint(x: 1, y: 1)), button)
      #expect(script.state.notice == nil)
    }
    var script = try ViewerScript()
    script.press(.control("c"))
    script.mouse(.press, .elsewhere, .wheelUp)
    script.press(.control("c"))
    #expect(!script.effects.contains(.exit), "what is no longer said no longer holds")
  }
}
