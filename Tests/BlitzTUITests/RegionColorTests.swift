import Testing

@testable import BlitzTUI

@Suite struct RegionColorTests {
  @Test func coloursComeRoundAgain() {
    let first = (0..<7).map(RegionColor.index)
    #expect(Set(first).count == 7 && first.allSatisfy { 16...231 ~= $0 })
    #expect(RegionColor.index(7) == first[0] && RegionColor.index(-3) == first[0])
  }

  @Test func noColourVanishesWithSixteenColours() {
    let mapping = PaletteMapping(depth: .palette16)
    #expect((0..<7).allSatisfy { mapping.textColor(RegionColor.index($0)) > 0 })
  }

  @Test func pixelsAreOverlaysOfTheCubesColour() {
    #expect(RegionColor.pixel(214) == 0xFFAF00 | ImagePatch.line)
  }
}
