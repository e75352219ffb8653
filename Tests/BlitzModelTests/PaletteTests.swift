import BlitzCore
import BlitzModel
import Testing

@Suite struct PaletteTests {
  @Test func everyActionAndEveryChoiceIsThere() {
    let names = Set(Palette.entries.map(\.name))
    for binding in keymapTable { #expect(names.contains(binding.name)) }
    for command in commandTable where command.choices.isEmpty {
      #expect(names.contains(command.name))
    }
    #expect(names.contains("colormap coolwarm") && !names.contains("colormap"))
    #expect(names.count == Palette.entries.count)
  }

  @Test func noActionIsThereTwice() {
    var seen: [Action: String] = [:]
    for name in Palette.entries.map(\.name) {
      guard case .success(let action) = CommandLine.parse(name) else { continue }
      #expect(seen.updateValue(name, forKey: action) == nil, "\(name)")
    }
    #expect(seen.count > keymapTable.count)
  }

  @Test func typingNarrowsAndEnterPerforms() throws {
    var script = try ViewerScript()
    script.press(.control("p"))
    #expect(script.state.palette.matches.count == Palette.entries.count)
    script.type("last-fr")
    #expect(script.state.palette.matches.count == 1)
    script.press(Key(.enter))
    #expect(script.state.frame == 99 && script.state.overlay == nil)
  }

  @Test func everyKeyIsText() throws {
    var script = try ViewerScript()
    script.press(.control("p"))
    script.type("?q 5")
    #expect(script.state.palette.choice.query.text == "?q 5")
    #expect(script.state.overlay == .palette && script.effects.isEmpty)
    #expect(script.state.count.value == nil)
    script.press(Key(.enter))
    #expect(script.state.overlay == .palette, "nothing matches")
    script.press(Key(.escape))
    #expect(script.state.overlay == nil)
  }

  @Test func arrowsChooseWithinTheMatches() throws {
    var script = try ViewerScript()
    script.press(.control("p"))
    script.type("colormap")
    let count = script.state.palette.matches.count
    script.press(.control("n"), Key(.down), .control("p"), Key(.up), Key(.up))
    #expect(script.state.palette.choice.selected == 0)
    for _ in 0..<3 { script.press(Key(.pageDown)) }
    #expect(script.state.palette.choice.selected == count - 1)
    script.type("s")
    #expect(script.state.palette.choice.selected == 0)
  }

  @Test func aCommandWithFreeArgumentsOpensTheLine() throws {
    var script = try ViewerScript()
    script.press(.control("p"))
    script.type("levels")
    script.press(Key(.enter))
    #expect(script.state.prompt?.text == "levels " && script.state.overlay == nil)
    script.type("3 4")
    script.press(Key(.enter))
    #expect(script.state.display.levels == LevelWindow(darkest: 3, brightest: 4))
  }

  @Test func pastedTextNarrowsToo() throws {
    var script = try ViewerScript()
    script.press(.control("p"))
    script.send(.paste("colormap magma\n"))
    script.press(Key(.enter))
    #expect(LookupTable.builtin[script.state.display.colorMap].name == "magma")
  }
}
