public import BlitzCore

/// The grammar of the `:` line: a frame number, a command with arguments, or any action's name.
public enum CommandLine {
  /// Why a line means nothing, and what to try.
  public struct Mistake: Error, Equatable, Sendable {
    /// One line for the person.
    public let text: PrintableText
  }

  /// Commands that take arguments; everything in the keymap can be called by its name as well.
  static let commands: [(name: String, usage: String, parse: @Sendable ([Substring]) -> Action?)] =
    [
      (
        "levels", "levels LO HI",
        { words in
          guard words.count == 2, let low = Double(words[0]), let high = Double(words[1]) else {
            return nil
          }
          return .setLevels(darkest: low, brightest: high)
        }
      ),
      (
        "colormap", "colormap NAME: \(LookupTable.builtin.map(\.name).joined(separator: " "))",
        { words in
          guard words.count == 1, LookupTable.builtin.contains(where: { $0.name == words[0] })
          else { return nil }
          return .setColorMap(String(words[0]))
        }
      ),
      ("subtract", "subtract off or \(Correction.grammar)", { correction(.subtract, $0) }),
      ("divide", "divide off or \(Correction.grammar)", { correction(.divide, $0) }),
      (
        "find", "find [ROI] STAT OP X, such as find A mean > 500",
        { words in TraceSearch(words: words).map { .find($0) } }
      ),
      (
        "difference", "difference ROI ROI or difference off",
        { words in
          if words == ["off"] { return .showDifference(nil) }
          guard words.count == 2 else { return nil }
          return .showDifference(RegionPair(String(words[0]), String(words[1])))
        }
      ),
      (
        "roi", "roi \(RegionOfInterest.grammar)",
        { words in
          guard words.count == 1, let region = try? RegionOfInterest(parsing: String(words[0]))
          else { return nil }
          return .addRegion(region)
        }
      ),
      (
        "timeline", "timeline A:B or timeline all",
        { words in
          if words == ["all"] { return .showTimeline(.all) }
          guard words.count == 1, let slice = FrameSlice(words[0]), slice.step == 1 else {
            return nil
          }
          return .showTimeline(slice)
        }
      ),
      (
        "aspect", "aspect R (height of a cell over its width) or aspect auto",
        { words in
          if words == ["auto"] { return .setCellAspect(nil) }
          guard words.count == 1, let ratio = Double(words[0]), 0.5...5 ~= ratio else {
            return nil
          }
          return .setCellAspect(ratio)
        }
      ),
    ]

  /// `off` or a correction; a path may hold spaces.
  private static func correction(
    _ side: CorrectionSwitches.Side, _ words: [Substring]
  ) -> Action? {
    let text = words.joined(separator: " ")
    if text == "off" { return .setCorrection(side, nil) }
    return (try? Correction(parsing: text)).map { .setCorrection(side, $0) }
  }

  /// Every word a line can begin with, sorted.
  public static let names: [String] =
    (keymapTable.map(\.name) + commands.map(\.name)).sorted()

  /// What a line asks for.
  public static func parse(_ line: String) -> Result<Action, Mistake> {
    let words = line.split(separator: " ")
    guard let name = words.first else { return .failure(.init(text: PrintableText("empty"))) }
    if words.count == 1, let frame = Int(name) { return .success(.goTo(frame: frame)) }
    if let command = commands.first(where: { $0.name == name }) {
      guard let action = command.parse(Array(words.dropFirst())) else {
        return .failure(.init(text: PrintableText("usage: \(command.usage)")))
      }
      return .success(action)
    }
    if words.count == 1, let binding = keymapTable.first(where: { $0.name == name }) {
      return .success(binding.action)
    }
    return .failure(.init(text: PrintableText("no command \(name); Tab completes, ? lists keys")))
  }

  /// The longest text that every name beginning like `typed` shares; nil when none does.
  public static func completion(of typed: String) -> String? {
    let fitting = names.filter { $0.hasPrefix(typed) }
    guard var common = fitting.first else { return nil }
    for name in fitting { while !name.hasPrefix(common) { common.removeLast() } }
    return common.utf8.count > typed.utf8.count ? common : nil
  }
}
