import ArgumentParser
import BlitzCore
import BlitzIO

/// Where a command's result goes and what is said beside it.
struct OutputFlags: ParsableArguments {
  @Option(
    name: .shortAndLong, parsing: .unconditional,
    help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "OUT"),
    transform: { text in
      try value(text, "a path, or - for standard output") { $0.isEmpty ? nil : $0 }
    })
  var output: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false
}

/// A request for a summary that programs read.
struct SummaryFlag: ParsableArguments {
  @Flag(help: "Print a summary as one JSON object on standard output.")
  var json = false
}

extension OutputFlags {
  /// The output of a command that must have one.
  ///
  /// - Throws: `usage` when there is none, or when it and the summary are both standard output.
  func required(_ summary: SummaryFlag) throws(BlitzError) -> String {
    guard let output else {
      throw BlitzError(.usage, "-o", "is missing", hint: "name a file, or - for standard output")
    }
    if output == "-", summary.json {
      throw BlitzError(
        .usage, "--json", "prints on standard output, which -o - takes", hint: "name a file with -o"
      )
    }
    return output
  }
}
