import BlitzCore
import BlitzModel
import Testing

@Suite struct CacheOfferTests {
  private func offered() throws -> ViewerScript {
    var script = try ViewerScript()
    script.send(.cacheOffered(CacheOffer(bytes: 3 << 30, free: 90 << 30)))
    return script
  }

  @Test func enterTakesItOnce() throws {
    var script = try offered()
    let texts = try #require(script.state.cacheOffer).texts
    #expect(texts.first == "decode once to disk: 3.0 GiB (free 90.0 GiB)? Enter")
    #expect(texts.map(\.utf8.count) == texts.map(\.utf8.count).sorted(by: >))
    script.type("..")
    #expect(script.state.cacheOffer != nil)
    script.press(Key(.enter), Key(.enter))
    #expect(script.effects == [.buildCache])
    #expect(script.state.cacheOffer == nil && script.state.caching == 0)
    script.send(.caching(.part(0.25)))
    #expect(script.state.caching == 0.25)
    script.send(.caching(.ended(PrintableText("cached"))))
    #expect(script.state.caching == nil && script.state.notice?.text == "cached")
  }

  @Test func escapeLeavesItLast() throws {
    var script = try offered()
    script.type("M")
    script.arrive()
    script.press(Key(.escape))
    #expect(script.state.projection == nil && script.state.cacheOffer != nil)
    script.press(Key(.escape))
    #expect(script.state.cacheOffer == nil)
    script.press(Key(.enter))
    #expect(script.effects.isEmpty)
  }

  @Test func controlCStopsIt() throws {
    var script = try offered()
    script.press(Key(.enter), .control("c"))
    #expect(script.effects == [.buildCache, .cancelCache])
  }

  @Test func aToolHasEnterFirst() throws {
    var script = try offered()
    script.type("r")
    script.press(Key(.enter))
    #expect(script.state.regions.entries.count == 1 && script.state.cacheOffer != nil)
    #expect(script.effects.isEmpty)
  }
}
