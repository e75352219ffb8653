import ArgumentParser

/// The program: a bare path opens the viewer, a command name runs that command.
@main
struct BlitzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blitz", abstract: "View and analyse image recordings in the terminal.",
    version: "blitz 0.1.0")
}
