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
      self.error = Self.mistake(in: BlitzCommand.message(for: error), name)
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

  /// The parser's message, with the option that it is about in front.
  private static func mistake(in message: String, _ name: String) -> BlitzError {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    let first = lines.first ?? "not understood"
    let help = "`\(name) --help` shows how"
    if let bad = first.wholeMatch(of: /The value '.*' is invalid for '(-[^ ']*)[^']*': (.*)/) {
      // Our own errors bring what they are about and a hint along.
      let reason = bad.2.wholeMatch(of: /blitz: (.*?): (.*)/).map { "\($0.2), in '\($0.1)'" }
      let hint = lines.dropFirst().first?.wholeMatch(of: /\s*hint: (.*)/).map { String($0.1) }
      return BlitzError(.usage, String(bad.1), reason ?? String(bad.2), hint: hint ?? help)
    }
    if let missing = first.wholeMatch(of: /Missing value for '(-[^ ']*)[^']*'/) {
      return BlitzError(.usage, String(missing.1), "its value is missing", hint: help)
    }
    if let missing = first.wholeMatch(of: /Missing expected argument '(.*)'/) {
      let what = missing.1.hasPrefix("-") ? "\(missing.1.prefix { $0 != " " })" : "\(missing.1)"
      return BlitzError(.usage, name, "\(what) is missing", hint: help)
    }
    return BlitzError(.usage, name, first.prefix(1).lowercased() + first.dropFirst(), hint: help)
  }
}

extension String {
  /// True for values such as `-5,10` or `-50:` that only look like options.
  fileprivate var isNumeric: Bool { dropFirst().first.map { $0.isNumber || $0 == "." } ?? false }
}
