import ArgumentParser
import BlitzCore
import BlitzIO

/// `blitz info`: what a recording is and what loading it would do, from headers alone unless its
/// frames are to be counted.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what a recording is and what loading it would do.",
    discussion: """
      A number of frames after ~ is what the headers of a video say, which may be wrong; --exact
      counts them. The frames of small videos are counted anyway.
      """)

  @Argument(help: "A folder of images, an image, a video or a .npy.")
  var path: PathArgument

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Count the frames of a video, which takes reading the file once.")
  var exact = false

  @OptionGroup(title: "Load options")
  var load: LoadFlags

  func run() throws {
    let options = load.options
    let recording = try Recording.open(path.location, options: options)
      .verified(countsVideo: exact)
    let plan = try LoadPlan.make(for: recording, options: options, memory: MemoryProbe().budget())
    let report = RecordingReport(recording, plan, rate: options.framesPerSecond)
    Standard.output.write(json ? try report.json() + "\n" : report.text)
    if !recording.skipped.isEmpty { throw ExitCode(3) }
  }
}
