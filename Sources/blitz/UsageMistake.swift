import ArgumentParser
import BlitzCore

/// Says what is wrong with a command line, in our own words where the parser's mislead.
struct UsageMistake {
  let error: BlitzError

  init(arguments: some Collection<String>, error: any Error) {
    let words = Array(arguments)
    let command = Self.command(in: words)
    let name = command.map { "blitz \($0._commandName)" } ?? "blitz"
    if let option = Self.unknownOption(in: words, of: command ?? ViewCommand.self) {
      self.error = BlitzError(
        .usage, option, "no such option", hint: "`\(name) --help` lists the options")
    } else {
      self.error = BlitzError(
        .usage, name, Self.firstLine(of: BlitzCommand.message(for: error)),
        hint: "`\(name) --help` shows how")
    }
  }

  private static func command(in words: [String]) -> (any ParsableCommand.Type)? {
    BlitzCommand.configuration.subcommands.first { $0._commandName == words.first }
  }

  /// The first long option that the command's help does not name.
  private static func unknownOption(
    in words: [String], of command: any ParsableCommand.Type
  ) -> String? {
    let help = BlitzCommand.helpMessage(for: command)
    let known = Set(
      help.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "-") }).map(String.init))
    return words.prefix { $0 != "--" }
      .filter { $0.hasPrefix("-") && $0.count > 1 && !$0.isNumeric }
      .map { String($0.prefix { $0 != "=" }) }
      .first { !known.contains($0) }
  }

  private static func firstLine(of text: String) -> String {
    text.split(separator: "\n").first.map(String.init) ?? "not understood"
  }
}

extension String {
  /// True for values such as `-5,10` or `-50:` that only look like options.
  fileprivate var isNumeric: Bool { dropFirst().first.map { $0.isNumber || $0 == "." } ?? false }
}
