public import BlitzCore

/// The grammar of the `:` line: a frame number, a command with arguments, or any action's name.
public enum CommandLine {
  /// Why a line means nothing, and what to try.
  public struct Mistake: Error, Equatable, Sendable {
    /// One line for the person.
    public let text: PrintableText
  }

  /// How a line may go on.
  public struct Completion: Equatable, Sendable {
    /// The line with all that is certain.
    public let text: String
    /// What can follow, when that is more than one thing.
    public let candidates: [String]
  }

  /// Every word a line can begin with, sorted.
  public static let names: [String] =
    (keymapTable.map(\.name) + commandTable.map(\.name)).sorted()

  /// What a line asks for.
  public static func parse(_ line: String) -> Result<Action, Mistake> {
    let words = line.split(separator: " ")
    guard let name = words.first else { return .failure(.init(text: PrintableText("empty"))) }
    if words.count == 1, let frame = Int(name) { return .success(.goTo(frame: frame)) }
    if let command = commandTable.first(where: { $0.name == name }) {
      guard let action = command.parse(Array(words.dropFirst())) else {
        let choices = command.choices.isEmpty ? "" : ": " + command.choices.joined(separator: " ")
        return .failure(.init(text: PrintableText("usage: \(command.usage)\(choices)")))
      }
      return .success(action)
    }
    if words.count == 1, let binding = keymapTable.first(where: { $0.name == name }) {
      return .success(binding.action)
    }
    return .failure(.init(text: PrintableText("no command \(name); Tab completes, ? lists keys")))
  }

  /// How a line that was begun can go on; nil when it cannot.
  ///
  /// Behind the name of a command its operands are completed. What is certain ends in a space where more
  /// words follow it.
  ///
  /// - Parameter regions: Names of the regions, which some commands take.
  public static func completion(of typed: String, regions: [String] = []) -> Completion? {
    guard let space = typed.lastIndex(of: " ") else { return completion(of: typed, among: names) }
    let start = typed[...space]
    let words = start.split(separator: " ")
    guard let rule = commandTable.first(where: { $0.name == words.first ?? "" }) else { return nil }
    let operands = rule.operands(Array(words.dropFirst()), regions)
    return completion(of: typed, among: operands.map { start + $0 }) { line in
      !rule.operands(line.split(separator: " ").dropFirst().map { $0 }, regions).isEmpty
    }
  }

  private static func completion(
    of typed: String, among lines: [String],
    goesOn: (String) -> Bool = { name in commandTable.contains { $0.name == name } }
  ) -> Completion? {
    let fitting = lines.filter { $0.hasPrefix(typed) }
    guard var common = fitting.first else { return nil }
    for line in fitting { while !line.hasPrefix(common) { common.removeLast() } }
    guard fitting.count == 1 else { return Completion(text: common, candidates: fitting) }
    return Completion(text: goesOn(common) ? common + " " : common, candidates: [])
  }
}
