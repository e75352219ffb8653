import BlitzCore
import BlitzModel
import Testing

@Suite struct CommandLineTests {
  @Test(arguments: [
    ("42", Action.goTo(frame: 42)), ("  7 ", .goTo(frame: 7)), ("-3", .goTo(frame: -3)),
    ("levels 1 2.5", .setLevels(darkest: 1, brightest: 2.5)),
    ("colormap magma", .setColorMap("magma")),
    ("aspect 1.8", .setCellAspect(1.8)), ("aspect auto", .setCellAspect(nil)), ("quit", .quit),
  ])
  func linesMeanActions(line: String, action: Action) {
    #expect(CommandLine.parse(line) == .success(action))
  }

  @Test(arguments: [
    "levels", "levels 1", "levels a b", "colormap", "colormap nope", "aspect 0", "x",
  ])
  func mistakesAreExplained(line: String) {
    guard case .failure(let mistake) = CommandLine.parse(line) else {
      Issue.record("\(line) was taken")
      return
    }
    #expect(mistake.text.text.count > 8)
  }

  @Test func tabCompletesWhatIsCertain() {
    #expect(CommandLine.completion(of: "colorm") == "colormap")
    #expect(CommandLine.completion(of: "pan-") == nil)
    #expect(CommandLine.completion(of: "zoom") == "zoom-")
    #expect(CommandLine.completion(of: "nothing") == nil)
  }

  @Test func thePromptEditsAndRecalls() throws {
    var script = try ViewerScript()
    script.type(":colormap magma")
    script.press(Key(.enter))
    script.type(":quut")
    script.press(Key(.left), Key(.backspace), Key(.left), Key(.delete))
    #expect(script.state.prompt?.text == "qt")
    script.press(Key(.up))
    #expect(script.state.prompt?.text == "colormap magma")
    script.press(Key(.down))
    #expect(script.state.prompt?.text == "")
    script.press(Key(.backspace))
    #expect(script.state.prompt == nil)
  }
}
