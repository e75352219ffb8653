import BlitzCore

/// What one `:` command does and says it does.
public struct CommandRule: Sendable {
  /// The word that a line begins with.
  public let name: String
  /// What may follow it; `|` stands between alternatives.
  public let arguments: String
  /// One line, lower case, no full stop.
  public let summary: String
  /// All that may follow it, where that is little; empty where it is free.
  public let choices: [String]
  /// How the next word can begin, from the words before it and the names of the regions.
  let operands: @Sendable (_ before: [Substring], _ regions: [String]) -> [String]
  /// What a line asks for, from the words behind the name; nil when they make no sense.
  let parse: @Sendable ([Substring]) -> Action?

  /// How the whole line is written.
  public var usage: String { "\(name) \(arguments)" }
}

/// The commands that take arguments: behind the command line, the palette and docs/keys.md.
/// Everything in the keymap can be called by its name as well.
public let commandTable: [CommandRule] = [
  command("levels", "LO HI", "show values from LO to HI") { words in
    guard words.count == 2, let low = Double(words[0]), let high = Double(words[1]) else {
      return nil
    }
    return .setLevels(darkest: low, brightest: high)
  },
  command(
    "colormap", "NAME", "use a colour map by name", choices: LookupTable.builtin.map(\.name)
  ) { words in
    guard words.count == 1, LookupTable.builtin.contains(where: { $0.name == words[0] })
    else { return nil }
    return .setColorMap(String(words[0]))
  },
  command(
    "subtract", "off | \(Correction.grammar)", "subtract from every frame",
    operands: first(correctionOperands)
  ) { correction(.subtract, $0) },
  command(
    "divide", "off | \(Correction.grammar)", "divide every frame",
    operands: first(correctionOperands)
  ) { correction(.divide, $0) },
  command(
    "mask", "off | roi | \(FrameMask.grammar)", "leave out all but some pixels",
    operands: first(["rect:", "ellipse:", "polygon:", "file:", "roi", "off"])
  ) { words in
    switch words {
    case ["off"]: .setMask(nil)
    case ["roi"]: .maskRegion
    // A path may hold spaces.
    default: (try? FrameMask(parsing: words.joined(separator: " "))).map { .setMask($0) }
    }
  },
  command(
    "find", "[ROI] STAT OP X", "go where a trace comes to pass: find A mean > 500",
    operands: TraceSearch.operands
  ) { TraceSearch(words: $0).map { .find($0) } },
  command(
    "difference", "ROI ROI | off", "trace and value of a region less those of another",
    operands: { before, regions in
      before.count < 2 ? regions.filter { name in !before.contains { $0 == name } } : []
    }
  ) { words in
    if words == ["off"] { return .showDifference(nil) }
    guard words.count == 2 else { return nil }
    return .showDifference(RegionPair(String(words[0]), String(words[1])))
  },
  command("timeline", "A:B | all", "show a part of the stack on the timeline and in traces") {
    words in
    if words == ["all"] { return .showTimeline(.all) }
    guard words.count == 1, let slice = FrameSlice(words[0]), slice.step == 1 else { return nil }
    return .showTimeline(slice)
  },
  command(
    "roi", RegionOfInterest.grammar, "keep a region",
    operands: first(["rect:", "ellipse:", "polygon:", "point:"])
  ) { words in
    guard words.count == 1, let region = try? RegionOfInterest(parsing: String(words[0]))
    else { return nil }
    return .addRegion(region)
  },
  command("width", "W", "rows or columns that profiles are the mean of") { words in
    guard words.count == 1, let width = Int(words[0]), width >= 1 else { return nil }
    return .setProfileWidth(width)
  },
  choice("envelope", Envelope.self, "extremes or percentiles drawn behind the profiles") {
    .setEnvelope($0)
  },
  choice(
    "flip", Orientation.Axis.self,
    "mirror left and right (x) or top and bottom (y)"
  ) { .flip($0) },
  choice("cells", CellShape.self, "how many pixels a cell shows") { .setCells($0) },
  command("aspect", "R | auto", "height of a cell over its width") { words in
    if words == ["auto"] { return .setCellAspect(nil) }
    guard words.count == 1, let ratio = Double(words[0]), 0.5...5 ~= ratio else {
      return nil
    }
    return .setCellAspect(ratio)
  },
]

private func command(
  _ name: String, _ arguments: String, _ summary: String, choices: [String] = [],
  operands: (@Sendable ([Substring], [String]) -> [String])? = nil,
  parse: @escaping @Sendable ([Substring]) -> Action?
) -> CommandRule {
  CommandRule(
    name: name, arguments: arguments, summary: summary, choices: choices,
    operands: operands ?? first(choices), parse: parse)
}

/// Ways to begin the only word that a command takes.
private func first(_ words: [String]) -> @Sendable ([Substring], [String]) -> [String] {
  { before, _ in before.isEmpty ? words : [] }
}

private let correctionOperands = [
  "mean:", "std:", "min:", "max:", "median:", "slide:", "trail:", "center:", "file:", "off",
]

/// A command that takes one of a few words.
private func choice<Value: CaseIterable & RawRepresentable<String> & Sendable>(
  _ name: String, _ values: Value.Type, _ summary: String,
  action: @escaping @Sendable (Value) -> Action
) -> CommandRule {
  let words = values.allCases.map(\.rawValue)
  return command(name, words.joined(separator: " | "), summary, choices: words) {
    $0.count == 1 ? Value(rawValue: String($0[0])).map(action) : nil
  }
}

/// `off` or a correction; a path may hold spaces.
private func correction(_ side: CorrectionSwitches.Side, _ words: [Substring]) -> Action? {
  let text = words.joined(separator: " ")
  if text == "off" { return .setCorrection(side, nil) }
  return (try? Correction(parsing: text)).map { .setCorrection(side, $0) }
}
