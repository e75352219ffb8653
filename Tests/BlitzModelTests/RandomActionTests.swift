import BlitzCore
import BlitzModel
import BlitzTestSupport
import Testing

/// Random deeds, done by key and mouse on the model, against the same rules written down plainly.
@Suite struct RandomActionTests {
  /// How a stack is loaded.
  struct Stack: Sendable {
    let frames: Int
    let kept: FrameRange?

    var positions: [Int] {
      kept.map { kept in (0..<kept.count).map { kept[$0] } } ?? Array(0..<frames)
    }
  }

  static let stacks = [
    Stack(frames: 1000, kept: nil), Stack(frames: 1, kept: nil), Stack(frames: 37, kept: nil),
    Stack(frames: 900, kept: FrameRange(start: 100, end: 850, step: 7)),
    Stack(frames: 400, kept: FrameRange(start: 3, end: 400, step: 4)),
  ]

  /// 100,000 deeds, in sequences that begin anew so that a failure can be cut short.
  @Test(arguments: 0..<40) func theModelDoesWhatIsWrittenDown(round: Int) throws {
    for part in 0..<5 {
      let stack = Self.stacks[part]
      var random = SeededRandom(seed: UInt64(round * 5 + part))
      let deeds = Self.deeds(500, on: stack, using: &random)
      guard try Self.fault(deeds, on: stack) != nil else { continue }
      let least = try Self.shrunk(deeds) { try Self.fault($0, on: stack) != nil }
      let fault = try Self.fault(least, on: stack) ?? ""
      Issue.record("\(stack), after \(least): \(fault)")
      return
    }
  }

  /// The search for the cause works: one wrong rule is found and cut down to what shows it.
  @Test func aWrongRuleIsFoundAndCutShort() throws {
    var random = SeededRandom(seed: 3)
    let stack = Self.stacks[0]
    let deeds = Self.deeds(500, on: stack, using: &random)
    // As if marks forgot that they are set again.
    func isWrong(_ deeds: [Deed]) throws -> Bool {
      try Self.fault(deeds, on: stack) { plain, deed in
        if case .mark(let letter) = deed, plain.marks[letter] != nil { return }
        plain.apply(deed)
      } != nil
    }
    #expect(try isWrong(deeds))
    let least = try Self.shrunk(deeds, while: isWrong)
    #expect(least.count <= 5, "\(least)")
    #expect(try isWrong(least))
  }

  private static func deeds(
    _ count: Int, on stack: Stack, using random: inout SeededRandom
  ) -> [Deed] {
    let kept = stack.positions.count
    return (0..<count).map { _ in .random(frames: stack.frames, kept: kept, using: &random) }
  }

  /// Where model and plain rules first differ; nil when they agree throughout.
  private static func fault(
    _ deeds: [Deed], on stack: Stack,
    by rule: (inout PlainViewer, Deed) -> Void = { $0.apply($1) }
  ) throws -> String? {
    var plain = PlainViewer(frames: stack.frames, kept: stack.positions)
    var script = try ViewerScript(frames: stack.frames, kept: stack.kept)
    script.fit()
    for deed in deeds {
      rule(&plain, deed)
      script.perform(deed)
      if let difference = script.state.difference(from: plain) { return difference }
    }
    return nil
  }

  /// The shortest sequence that can be had by leaving out parts, ever smaller ones.
  private static func shrunk(
    _ deeds: [Deed], while fails: ([Deed]) throws -> Bool
  ) rethrows -> [Deed] {
    var (least, size) = (deeds, deeds.count / 2)
    while size > 0 {
      var start = 0
      while start < least.count {
        var shorter = least
        shorter.removeSubrange(start..<min(start + size, least.count))
        if try fails(shorter) { least = shorter } else { start += size }
      }
      size /= 2
    }
    return least
  }
}

extension ViewerScript {
  /// Answers a wish for levels as the plain rules expect it.
  mutating func fit() {
    guard let request = state.pictureRequest, let fit = request.fit else { return arrive() }
    let levels = PlainViewer.fitted(state.projection?.rawValue, trim: fit.trim)
    arrive(levels: LevelWindow(darkest: levels.low, brightest: levels.high))
  }

  /// Does it with keys and mouse.
  mutating func perform(_ deed: Deed) {
    switch deed {
    case .step(let count): type("\(abs(count))" + (count > 0 ? "." : ","))
    case .percent(let count): repeating(count, Key(.right, .shift), Key(.left, .shift))
    case .page(let count): repeating(count, Key(.pageDown), Key(.pageUp))
    case .halfPage(let count): repeating(count, .control("d"), .control("u"))
    case .first: press(Key(.home))
    case .last: type("G")
    case .go(let frame): type("\(frame)g")
    case .type(let frame): command("\(frame)")
    case .mark(let letter): type("m\(letter)")
    case .jump(let letter): type("'\(letter)")
    case .rangeIn: type("i")
    case .rangeOut: type("o")
    case .clearRange: type("U")
    case .newRange(let a, let b): drag(.free, a, b, button: .right)
    case .dragStart(let a, let b): drag(.rangeStart, a, b)
    case .dragEnd(let a, let b): drag(.rangeEnd, a, b)
    case .dragRange(let a, let b): drag(.range, a, b)
    case .project(let name):
      type(["mean": "M", "std": "S", "min": "N", "max": "X", "median": "D"][name] ?? "")
    case .cycle: type("p")
    case .escape: press(Key(.escape))
    case .levels(let low, let high): command("levels \(low) \(high)")
    case .autoLevels: type("a")
    case .lock: type("A")
    case .add(let x, let y, let width, let height): command("roi rect:\(x),\(y),\(width),\(height)")
    case .remove: type("x")
    case .moveNext(let count):
      press(Key(.tab))
      repeating(count, Key(.right), Key(.left))
      press(Key(.enter))
    case .undo: type("u")
    case .redo: press(.control("r"))
    }
    fit()
  }

  /// One key or its opposite, by a count typed before it.
  private mutating func repeating(_ count: Int, _ key: Key, _ opposite: Key) {
    type("\(abs(count))")
    press(count > 0 ? key : opposite)
  }
}

extension ViewerState {
  /// The first thing that is not as the plain rules say.
  fileprivate func difference(from plain: PlainViewer) -> String? {
    func differ<T: Equatable>(_ name: String, _ have: T, _ want: T) -> String? {
      have == want ? nil : "\(name) is \(have), not \(want)"
    }
    let boxes = regions.entries.map { entry in
      let box = entry.region.outline.box
      return PlainViewer.Region(
        name: entry.region.name ?? "", x: box.x, y: box.y, width: box.width, height: box.height)
    }
    let levels = display.levels.map {
      PlainViewer.Levels(low: $0.darkest, high: $0.brightest, trim: display.trim)
    }
    return differ("position", playback.position, plain.position)
      ?? differ("range", range.map { $0.start..<$0.end }, plain.range)
      ?? differ("projection", projection?.rawValue, plain.projection)
      ?? differ(
        "marks", marks,
        Dictionary(
          plain.marks.compactMap { letter, frame in
            letter.unicodeScalars.first.map { ($0, frame) }
          }, uniquingKeysWith: { first, _ in first }))
      ?? differ("regions", boxes, plain.regions)
      ?? differ("selection", regions.selection, plain.selected)
      ?? differ("levels", levels, plain.levels) ?? differ("lock", display.isLocked, plain.isLocked)
  }
}
