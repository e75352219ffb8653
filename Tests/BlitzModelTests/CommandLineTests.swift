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

  @Test func tabCompletesWhatIsCertain() throws {
    #expect(CommandLine.completion(of: "colorm")?.text == "colormap ")
    let pans = try #require(CommandLine.completion(of: "pan-"))
    #expect(pans.text == "pan-")
    #expect(pans.candidates == ["pan-down", "pan-left", "pan-right", "pan-up"])
    #expect(CommandLine.completion(of: "zoom")?.text == "zoom-")
    #expect(CommandLine.completion(of: "colormap v")?.text == "colormap viridis")
    #expect(CommandLine.completion(of: "colormap ")?.candidates.contains("colormap magma") == true)
    #expect(CommandLine.completion(of: "nothing") == nil)
    #expect(CommandLine.completion(of: "levels 3") == nil)
  }

  private static let operands: [(typed: String, text: String?, words: String)] = [
    ("subtract m", "subtract m", "mean: min: max: median:"),
    ("divide med", "divide median:", ""), ("subtract mean:0", nil, ""),
    ("mask ", "mask ", "rect: ellipse: polygon: file: roi off"),
    ("roi p", "roi po", "polygon: point:"),
    ("find ", "find ", "A glow mean median std min max sum n"),
    ("find g", "find glow ", ""), ("find glow st", "find glow std ", ""),
    ("find mean ", "find mean ", "> >= < <="), ("find A mean > ", nil, ""),
    ("find B ", nil, ""), ("difference A ", "difference A glow", ""),
  ]

  @Test(arguments: operands)
  func tabCompletesOperands(typed: String, text: String?, words: String) {
    let completion = CommandLine.completion(of: typed, regions: ["A", "glow"])
    #expect(completion?.text == text)
    let start = typed.lastIndex(of: " ").map { typed[...$0] } ?? ""
    let lines = words.split(separator: " ").map { start + $0 }
    #expect(completion?.candidates.map { $0[...] } ?? [] == lines)
  }

  @Test func tabKnowsTheRegions() throws {
    var script = try ViewerScript()
    script.command("roi glow=rect:1,1,4,4")
    script.type(":find g")
    script.press(Key(.tab))
    #expect(script.state.prompt?.text == "find glow ")
  }

  @Test func tabShowsWhatCanFollowUntilTheNextKey() throws {
    var script = try ViewerScript()
    script.type(":colormap ")
    script.press(Key(.tab))
    #expect(script.state.prompt?.note?.text.hasPrefix("gray  viridis  ") == true)
    script.type("v")
    #expect(script.state.prompt?.note == nil)
    script.press(Key(.tab), Key(.enter))
    #expect(LookupTable.builtin[script.state.display.colorMap].name == "viridis")
  }

  @Test func historyKeepsEachLineOnce() throws {
    var script = try ViewerScript()
    for line in ["1", "2", "1"] {
      script.type(":" + line)
      script.press(Key(.enter))
    }
    script.type(":")
    script.press(Key(.up))
    #expect(script.state.prompt?.text == "1")
    script.press(Key(.up))
    #expect(script.state.prompt?.text == "2")
    script.press(Key(.up))
    #expect(script.state.prompt?.text == "2")
  }

  @Test func aWordIsTakenBack() throws {
    var script = try ViewerScript()
    script.type(":levels 12  3800 ")
    script.press(.control("w"))
    #expect(script.state.prompt?.text == "levels 12  ")
    script.press(.control("w"), .control("w"), .control("w"))
    #expect(script.state.prompt?.text == "")
  }

  @Test func everyCommandExplainsItself() {
    for command in commandTable {
      #expect(!command.summary.isEmpty && !command.arguments.isEmpty)
      #expect(CommandLine.names.count { $0 == command.name } == 1, "\(command.name)")
      for choice in command.choices {
        guard case .success = CommandLine.parse("\(command.name) \(choice)") else {
          Issue.record("\(command.name) \(choice)")
          continue
        }
      }
    }
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
