import ArgumentParser
import BlitzModel

/// `blitz keys`: the key table, as in docs/keys.md.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print the table of keys.")

  func run() throws { Standard.output.write(Self.table) }

  /// Markdown, one table for each section.
  static var table: String {
    HelpSection.allCases.map { section in
      let rows = keymapTable.filter { $0.section == section }.map { binding in
        "| \(binding.keys.map { $0.markdown }.joined(separator: " ")) "
          + "| \(binding.summary) | `\(binding.name)` |\n"
      }
      return "## \(section.rawValue)\n\n| keys | action | name |\n|---|---|---|\n" + rows.joined()
    }.joined(separator: "\n")
  }
}

extension Key {
  /// The name as code, safe inside a table.
  fileprivate var markdown: String {
    description == "`" ? "`` ` ``" : "`\(description == "|" ? "\\|" : description)`"
  }
}
