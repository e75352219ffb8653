import BlitzCore
import BlitzModel
import Testing

@Suite struct CorrectionPanelTests {
  /// Moves to a line of the panel.
  private func choose(
    _ kind: CorrectionField.Kind, of side: CorrectionSwitches.Side = .subtract,
    _ script: inout ViewerScript
  ) throws {
    let fields = script.state.correctionFields
    let row = try #require(fields.firstIndex { $0.side == side && $0.kind == kind })
    while script.state.overlayRow < row { script.press(Key(.down)) }
    while script.state.overlayRow > row { script.press(Key(.up)) }
  }

  /// The state after a command line, with the panel's own state left out.
  private func typed(_ line: String, _ start: ViewerScript) -> CorrectionSwitches {
    var script = start
    script.type(":" + line)
    script.press(Key(.enter))
    return script.state.corrections
  }

  @Test func spaceSetsTheMeanOfTheRangeAndSwitches() throws {
    var script = try ViewerScript()
    script.type("10gi29goO ")
    #expect(script.state.corrections == typed("subtract mean:10:30", try ViewerScript()))
    script.type(" ")
    #expect(script.state.corrections.text == nil)
    script.type("b")
    #expect(script.state.corrections.text == "-mean 10:30")
  }

  @Test func everyProjectionSettingIsThatOfTheCommandLine() throws {
    var script = try ViewerScript()
    script.type("O")
    try choose(.statistic, &script)
    script.press(Key(.right), Key(.right))
    try choose(.frames, &script)
    script.press(Key(.enter), .control("u"))
    script.type("0:50")
    script.press(Key(.enter))
    try choose(.amount, &script)
    script.type("6")
    script.press(Key(.left))
    #expect(script.state.corrections == typed("subtract min:0:50@70%", try ViewerScript()))
  }

  @Test func framesChangeBetweenTheRangeAndAll() throws {
    var script = try ViewerScript()
    script.type("10gi29goO")
    try choose(.frames, &script)
    script.press(Key(.right))
    #expect(script.state.corrections.text == "-mean 0:100")
    script.press(Key(.left))
    #expect(script.state.corrections.text == "-mean 10:30")
  }

  @Test(arguments: [
    (0, "slide:50:3"), (1, "trail:50"), (2, "center:50"),
  ])
  func windowsAreThoseOfTheCommandLine(placement: Int, text: String) throws {
    var script = try ViewerScript()
    script.type("O")
    try choose(.source, of: .divide, &script)
    script.press(Key(.left))
    try choose(.lag, of: .divide, &script)
    script.press(Key(.enter), Key(.backspace))
    script.type("3")
    script.press(Key(.enter))
    try choose(.window, of: .divide, &script)
    for _ in 0..<placement { script.press(Key(.right)) }
    #expect(script.state.corrections == typed("divide \(text)", try ViewerScript()))
  }

  @Test func aFileIsTypedAndItsFaultShown() throws {
    var script = try ViewerScript()
    script.type("O")
    try choose(.source, &script)
    script.press(Key(.right))
    #expect(script.state.corrections.text == nil)
    try choose(.file, &script)
    script.press(Key(.enter))
    script.type("/data/dark frame.tif")
    script.press(Key(.enter))
    #expect(script.state.corrections.text == "-file /data/dark frame.tif")
    let fault = CorrectionFault(
      .side(.subtract), of: script.state.corrections.active, reason: PrintableText("no such file"))
    script.send(.correctionRefused(fault))
    #expect(script.state.corrections.text == nil)
    #expect(script.state.correctionFault(.subtract)?.text == "no such file")
    #expect(script.state.notice?.text == "subtract file:/data/dark frame.tif: no such file")
    try choose(.file, &script)
    script.press(Key(.enter))
    script.type("2")
    script.press(Key(.enter))
    #expect(script.state.correctionFault(.subtract) == nil)
    #expect(script.state.corrections.text == "-file /data/dark frame.tif2")
  }

  @Test func aMaskThatIsRefusedGoes() throws {
    var script = try ViewerScript()
    script.type("b:mask no such file.png")
    script.press(Key(.enter))
    #expect(script.state.corrections.text == "-mean 0:100 mask file no such file.png")
    let fault = CorrectionFault(
      .mask, of: script.state.corrections.active, reason: PrintableText("is not there"))
    script.send(.correctionRefused(fault))
    #expect(script.state.corrections.text == "-mean 0:100")
    #expect(script.state.notice?.text == "mask file:no such file.png: is not there")
  }

  @Test func aLateRefusalChangesNothing() throws {
    var script = try ViewerScript()
    script.type("b")
    let old = script.state.corrections.active
    script.type("v")
    script.send(
      .correctionRefused(CorrectionFault(.side(.subtract), of: old, reason: PrintableText("x"))))
    #expect(script.state.corrections.text == "-mean 0:100 /mean 0:100")
  }

  @Test(arguments: [
    (CorrectionField.Kind.frames, "x"), (.amount, "101"), (.amount, "-1"), (.amount, "nan"),
    (.frames, "9"),
  ])
  func whatMakesNoSenseIsAskedForAgain(kind: CorrectionField.Kind, text: String) throws {
    var script = try ViewerScript()
    script.type("Ob")
    let before = script.state.corrections
    try choose(kind, &script)
    script.press(Key(.enter), .control("u"))
    script.type(text)
    script.press(Key(.enter))
    #expect(script.state.prompt?.text == text && script.state.prompt?.note != nil)
    #expect(script.state.corrections == before)
  }

  @Test func valuesStopAtTheirEnds() throws {
    var script = try ViewerScript()
    script.type("O")
    try choose(.source, &script)
    script.press(Key(.left))
    try choose(.length, &script)
    script.type("999999999")
    script.press(Key(.left))
    #expect(script.state.correctionForm(.subtract).length == 1)
    script.type("999999999")
    script.press(Key(.right))
    #expect(script.state.correctionForm(.subtract).length == 1 << 24)
    try choose(.amount, &script)
    script.type("999999999")
    script.press(Key(.left))
    #expect(script.state.correctionForm(.subtract).percent == 0)
  }

  @Test func thePanelFollowsTheCommandLine() throws {
    var script = try ViewerScript()
    script.type(":divide center:9@50%")
    script.press(Key(.enter))
    script.type("O")
    let form = script.state.correctionForm(.divide)
    #expect(form.source == .window && form.placement == .center && form.length == 9)
    #expect(form.percent == 50)
    try choose(.amount, of: .divide, &script)
    script.type("x")
    #expect(script.state.corrections.text == nil)
    #expect(script.state.correctionForm(.divide).length == 9)
  }

  @Test func framesStillStepUnderThePanel() throws {
    var script = try ViewerScript()
    script.type("O..")
    #expect(script.state.frame == 2 && script.state.overlay == .corrections)
    script.type("O")
    #expect(script.state.overlay == nil)
  }
}
