import ArgumentParser
import BlitzModel

/// `blitz keys`: the key table, as in docs/keys.md.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print the table of keys.")

  func run() throws { Standard.output.write(Self.table) }

  /// Markdown, one table for each section, and one for the commands that take arguments.
  static var table: String { keys + "\n" + commands }

  private static var keys: String {
    HelpSection.allCases.map { section in
      let rows = keymapTable.filter { $0.section == section }.map { binding in
        "| \(binding.keys.map { $0.markdown }.joined(separator: " ")) "
          + "| \(binding.summary) | `\(binding.name)` |\n"
      }
      return "## \(section.rawValue)\n\n| keys | action | name |\n|---|---|---|\n" + rows.joined()
    }.joined(separator: "\n")
  }

  private static var commands: String {
    let rows = commandTable.map { command in
      let choices =
        command.choices.isEmpty ? command.arguments : command.choices.joined(separator: " | ")
      let line = ":\(command.name) \(choices)".split(separator: "|").joined(separator: "\\|")
      return "| `\(line)` | \(command.summary) |\n"
    }
    return """
      ## Commands

      Behind `:` stands a frame number, the name of any action above, or one of these:

      | command | action |
      |---|---|

      """ + rows.joined()
  }
}

extension Key {
  /// The name as code, safe inside a table.
  fileprivate var markdown: String {
    description == "`" ? "`` ` ``" : "`\(description == "|" ? "\\|" : description)`"
  }
}
