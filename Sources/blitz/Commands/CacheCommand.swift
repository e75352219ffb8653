import ArgumentParser
import BlitzCore
import BlitzIO

/// `blitz cache`: recordings decoded once to disk, for instant random access.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Decode recordings once to disk, for instant access.",
    subcommands: [Build.self, List.self, Verify.self, Clear.self])

  /// `blitz cache build PATH`
  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decode all frames of a recording into the cache.")

    @Argument(help: "A video, a folder of images, or a file.")
    var path: PathArgument

    @Flag(help: "Write more than 1 GiB without asking.")
    var yes = false

    @OptionGroup(title: "Load options")
    var load: LoadFlags

    func run() throws {
      let options = load.options
      let recording = try Recording.open(path.location, options: options)
      let cache = try StackCache()
      let bytes = try cache.byteCount(of: recording, options: options)
      Standard.error.write(
        "\(recording.location): \(byteText(bytes)) in \(cache.path)\n")
      if bytes > 1 << 30 && !yes && cache.stack(of: recording, options: options) == nil {
        try confirm()
      }
      let stack = try cache.build(recording, options: options) { done, total in
        Standard.error.write("frame \(done) of \(total)\n")
      }
      Standard.output.write("\(stack.name)  \(byteText(stack.byteCount))  \(stack.source)\n")
    }

    private func confirm() throws {
      Standard.error.write("more than 1 GiB: write it? [y/N] ")
      guard let answer = readLine(), answer.lowercased().hasPrefix("y") else {
        throw BlitzError(
          .cancelled, "cache", "nothing was written", hint: "--yes writes without asking")
      }
    }
  }

  /// `blitz cache list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what is cached, the one used last first, and what cannot be used.")

    func run() throws {
      for entry in try StackCache().entries() { Standard.output.write("\(line(entry))\n") }
    }

    private func line(_ entry: CacheEntry) -> String {
      let start = "\(entry.name)  \(byteText(entry.byteCount))  "
      guard let stack = entry.stack else { return start + "bad: \(entry.problem)" }
      let shape = stack.shape
      return start + "\(shape.frames) frames, \(shape.columns)x\(shape.rows)  \(stack.source)"
    }
  }

  /// `blitz cache verify`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare every cached block with its checksum.")

    func run() throws {
      var failures = 0
      for entry in try StackCache().entries() {
        if let problem = problem(of: entry) {
          failures += 1
          Standard.output.write("\(entry.name)  bad  \(problem)\n")
        } else {
          Standard.output.write("\(entry.name)  good  \(entry.stack?.source ?? "")\n")
        }
      }
      if failures > 0 { throw ExitCode(1) }
    }

    private func problem(of entry: CacheEntry) -> PrintableText? {
      guard let stack = entry.stack else { return entry.problem }
      do throws(BlitzError) {
        try stack.verify()
        return nil
      } catch { return error.reason }
    }
  }

  /// `blitz cache clear [NAME]`
  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove all that is cached, or one by its name in the list.")

    @Argument(help: "A name from `blitz cache list`; all when left out.")
    var name: String?

    func run() throws {
      let bytes = try StackCache().clear(name: name)
      Standard.output.write("\(byteText(bytes)) given back\n")
    }
  }
}
