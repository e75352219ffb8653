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
  /// Behind the name of a command its choices are completed; one that takes arguments ends in a space.
  public static func completion(of typed: String) -> Completion? {
    let lines = typed.contains(" ") ? argumentLines(of: typed) : names
    let fitting = lines.filter { $0.hasPrefix(typed) }
    guard var common = fitting.first else { return nil }
    for line in fitting { while !line.hasPrefix(common) { common.removeLast() } }
    guard fitting.count == 1 else { return Completion(text: common, candidates: fitting) }
    let takesArguments = commandTable.contains { $0.name == common }
    return Completion(text: takesArguments ? common + " " : common, candidates: [])
  }

  /// The whole lines of the command that a line begins with, where they can be counted up.
  private static func argumentLines(of typed: String) -> [String] {
    let command = commandTable.first { typed.hasPrefix($0.name + " ") }
    return command.map { rule in rule.choices.map { "\(rule.name) \($0)" } } ?? []
  }
}
