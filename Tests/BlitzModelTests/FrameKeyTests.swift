import BlitzCore
import BlitzModel
import Testing

@Suite struct FrameKeyTests {
  @Test(arguments: [
    (".", 1), ("l", 1), ("25.", 25), ("...,", 2), ("j", 10), ("3j", 30), ("jk", 0), ("g", 0),
    ("G", 99), ("42g", 42), ("42G", 42), ("0g", 0), ("5.0g", 0), ("999999999999.", 99), ("h", 0),
    ("50g10h", 40), ("1000g", 99),
  ])
  func keysMoveTheFrame(keys: String, frame: Int) throws {
    var script = try ViewerScript()
    script.type(keys)
    #expect(script.state.frame == frame)
  }

  @Test func namedKeysMoveTheFrame() throws {
    var script = try ViewerScript(frames: 1000)
    script.press(Key(.right), Key(.down))
    #expect(script.state.frame == 11)
    script.press(Key(.right, .shift))
    #expect(script.state.frame == 21)
    script.press(Key(.pageDown))
    #expect(script.state.frame == 121)
    script.press(.control("d"), Key(.pageUp))
    #expect(script.state.frame == 71)
    script.press(Key(.end))
    #expect(script.state.frame == 999)
    script.press(Key(.home))
    #expect(script.state.frame == 0)
  }

  @Test func aPercentOfAShortStackIsOneFrame() throws {
    var script = try ViewerScript(frames: 12)
    script.press(Key(.right, .shift), Key(.pageDown))
    #expect(script.state.frame == 2)
  }

  @Test func backspaceAndEscapeEditThePendingCount() throws {
    var script = try ViewerScript()
    script.type("42")
    script.press(Key(.backspace))
    #expect(script.state.count.value == 4)
    script.press(Key(.escape))
    #expect(script.state.count.value == nil)
    script.type(".")
    #expect(script.state.frame == 1)
  }

  @Test func aCountDoesNotOutliveAnUnboundKey() throws {
    var script = try ViewerScript()
    script.type("7")
    script.press(Key(.function(9)))
    script.type(".")
    #expect(script.state.frame == 1)
  }

  @Test func framesAreSourceFramesUnderAStep() throws {
    var script = try ViewerScript(frames: 1000, kept: FrameRange(start: 100, end: 900, step: 10))
    #expect(script.state.frame == 100)
    script.type("2.")
    #expect(script.state.frame == 120)
    script.type("503g")
    #expect(script.state.frame == 500)
    #expect(script.state.notice?.text == "frame 503 is not loaded; nearest is 500")
    script.type("G")
    #expect(script.state.frame == 890)
  }

  @Test func movingWhileLoadingAsksForTheFrame() throws {
    var script = try ViewerScript(isLoading: true)
    script.type("42g")
    #expect(script.effects == [.want(position: 42)])
    script.type("42g")
    #expect(script.effects.count == 1)
  }

  @Test func marksRememberFrames() throws {
    var script = try ViewerScript()
    script.type("7gma30g'a")
    #expect(script.state.frame == 7)
    script.type("m")
    script.press(Key(.escape))
    script.type(".")
    #expect(script.state.frame == 8)
    script.type("'z")
    #expect(script.state.notice?.text == "no mark z; mz sets it")
  }

  @Test func theRangeFollowsItsEnds() throws {
    var script = try ViewerScript()
    script.type("10gi")
    #expect(script.state.range == FrameRange(start: 10, end: 100))
    script.type("49go")
    #expect(script.state.range == FrameRange(start: 10, end: 50))
    script.type("60gi")
    #expect(script.state.range == FrameRange(start: 60, end: 61))
    script.type("5go")
    #expect(script.state.range == FrameRange(start: 5, end: 6))
    script.type("U")
    #expect(script.state.range == nil)
  }

  @Test func keysWithoutAnEffectSaySo() throws {
    var script = try ViewerScript()
    script.type("L")
    #expect(script.state.notice?.text == "playing loops: range")
    for key in ["F", "%", "/", "K"] {
      script.type(key)
      #expect(script.state.notice?.text.hasPrefix("\(key): ") == true)
      #expect(script.state.notice?.text.hasSuffix("not there yet") == true)
    }
    script.type("L L")
    #expect(script.state.playback.isPlaying && script.state.notice == nil)
  }
}
