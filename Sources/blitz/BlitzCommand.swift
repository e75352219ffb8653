import ArgumentParser
import BlitzCore
import BlitzIO
import BlitzTUI
import Glibc

/// The program: a bare path opens the viewer, a command name runs that command.
struct BlitzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blitz",
    abstract: "View and analyse image recordings in the terminal.",
    usage: "blitz PATH [options]\n       blitz COMMAND ...",
    discussion: """
      PATH is a folder of images, an image, a video or a NumPy array; `blitz formats` lists them.
      A folder named like a command needs ./ in front.

      Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs were skipped,
      130 cancelled.
      """,
    version: "blitz \(Version.text)",
    subcommands: [
      ViewCommand.self, InfoCommand.self, FrameCommand.self, ProjectCommand.self,
      TraceCommand.self, ProfileCommand.self, ConvertCommand.self, DemoCommand.self,
      CacheCommand.self, KeysCommand.self, FormatsCommand.self, ManualCommand.self,
    ],
    defaultSubcommand: ViewCommand.self)
}

/// The program's version, in one place.
enum Version {
  static let text = "0.1.0"
}

/// Entry: every failure ends here, as one message on stderr and one exit code.
@main
enum Program {
  static func main() {
    Standard.occupyClosed()
    MemoryProbe.fitAddressSpace()
    CrashPrompt.decline()
    // A file that may grow no more is an error of writing it, not the end of the program.
    _ = signal(SIGXFSZ, SIG_IGN)
    do {
      try OpenFileLimit.secure()
      var command = try BlitzCommand.parseAsRoot()
      try command.run()
    } catch let error as BlitzError {
      Standard.error.write(error.description + "\n")
      exit(error.exitCode)
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      leave(afterParsing: error)
    }
  }

  /// Help and version go to stdout with 0; a wrong command line to stderr with 2.
  private static func leave(afterParsing error: any Error) -> Never {
    let isHelp = BlitzCommand.exitCode(for: error) == .success
    if isHelp {
      Standard.output.write(BlitzCommand.fullMessage(for: error) + "\n")
      exit(0)
    }
    let mistake = UsageMistake(arguments: CommandLine.arguments.dropFirst(), error: error)
    Standard.error.write(mistake.error.description + "\n")
    exit(2)
  }
}
