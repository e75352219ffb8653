import ArgumentParser

/// `blitz manual`: the manual page, made from the declarations of all commands.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, for `man`.", shouldDisplay: false)

  func run() throws { Standard.output.write(Self.page) }

  /// The page in the man macros; each command's help as it stands in `--help`.
  static var page: String {
    let whole = BlitzCommand.configuration
    let commands = whole.subcommands.filter { $0.configuration.shouldDisplay }
    let sections = commands.map { command in
      section("blitz \(command._commandName)", BlitzCommand.helpMessage(for: command, columns: 78))
    }
    return """
      .TH BLITZ 1 "" "blitz \(Version.text)" "User Commands"
      .SH NAME
      blitz \\- \(escaped(whole.abstract))

      """ + section("synopsis", BlitzCommand.helpMessage(columns: 78)) + sections.joined()
  }

  private static func section(_ title: String, _ text: String) -> String {
    ".SH \(escaped(title.uppercased()))\n.nf\n\(escaped(text))\n.fi\n"
  }

  /// Text that troff shows as it is: no line is a request, no character an escape.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let plain = line.flatMap { $0 == "\\" ? Array("\\e") : $0 == "-" ? Array("\\-") : [$0] }
      let isRequest = plain.first == "." || plain.first == "'"
      return (isRequest ? "\\&" : "") + String(plain)
    }.joined(separator: "\n")
  }
}
