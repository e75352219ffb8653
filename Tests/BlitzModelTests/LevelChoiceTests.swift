import BlitzCore
import BlitzModel
import Testing

@Suite struct LevelChoiceTests {
  @Test func readsTheWaysToNameLevels() throws {
    #expect(LevelChoice(parsing: "auto") == .trimmed(1))
    #expect(LevelChoice(parsing: "p0") == .trimmed(0))
    #expect(LevelChoice(parsing: "p49.5") == .trimmed(49.5))
    let window = try #require(LevelWindow(darkest: -5, brightest: 1e3))
    #expect(LevelChoice(parsing: "-5,1e3") == .window(window))
  }

  @Test(
    arguments: [
      "", "p", "p50", "p-1", "pnan", "Auto", "1", "1,2,3", "2,1", "nan,1", "0,inf", " 1,2", "1,",
    ])
  func refusesWhatIsNone(text: String) { #expect(LevelChoice(parsing: text) == nil) }
}
