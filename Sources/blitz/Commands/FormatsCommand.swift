import ArgumentParser
import BlitzIO

/// `blitz formats`: what can be read, as in docs/formats.md.
struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats", abstract: "Print the table of readable formats.")

  func run() throws { Standard.output.write(Self.table) }

  /// Markdown, one row for each format of the registry.
  static var table: String {
    let rows = StackFormat.all.map { format in
      let extensions = format.extensions.map { ".\($0)" }.joined(separator: " ")
      let unit = format.isImage ? "image, or a folder of them" : "recording"
      return "| \(format.name) | \(extensions) | \(unit) | \(format.summary) |\n"
    }
    return "| format | extensions | a file is | what is read |\n|---|---|---|---|\n" + rows.joined()
  }
}
