import ArgumentParser
import BlitzCore
import BlitzIO

/// `blitz convert`: the frames of a recording in another format.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Decode and correct a recording into another format.",
    discussion: """
      OUT ends in .npy (Float32, frames x rows x columns, or x 3), .tif, .mp4, or is a folder and a
      pattern such as DIR/%05d.png, numbered by source frame. Pictures hold the samples as they are
      when they are whole numbers and nothing was done to them; otherwise levels and colour map are
      applied, from the smallest to the largest sample unless --levels says otherwise; p1 and the like
      are those of all frames.
      """)

  @Argument(help: "A folder of images, an image, a video or a .npy.")
  var path: PathArgument

  @OptionGroup(title: "Output options")
  var output: OutputFlags

  @OptionGroup
  var summary: SummaryFlag

  @OptionGroup(title: "Load options")
  var load: LoadFlags

  @OptionGroup(title: "Correction options")
  var correction: CorrectionFlags

  @OptionGroup(title: "View options")
  var view: ViewFlags

  func run() throws {
    let work = Work(output)
    let name = try output.required(summary)
    let target = try Destination(
      name, formats: [.npy, .tif, .mp4, .png], force: output.force, input: path.location)
    let names = target.path.flatMap { NumberedNames($0) }
    guard target.format != .png || names != nil else {
      throw BlitzError(
        .usage, name, "is one picture for many frames", hint: "number them: DIR/%05d.png")
    }
    guard names == nil || target.format == .png else {
      throw BlitzError(
        .usage, name, "numbers files that hold all frames in one",
        hint: "a picture for each frame is PNG: DIR/%05d.png")
    }
    try names?.check(force: output.force, input: path.location)
    let stack = try work.interruptible { () throws(BlitzError) in
      let raw = try OpenedStack.open(path.location, load.options, work, access: correction.access)
      let stack = try correction.apply(to: raw, load.options, work)
      let positions = try correction.positions(in: stack)
      let export = StackExport(
        stack: stack, positions: positions, view: view,
        storedAs: stack.holdsCodes ? stack.codeType(load.options) : nil,
        work: work)
      if let names {
        try export.pictures(names, force: output.force)
      } else {
        try export.write(to: target)
      }
      return stack
    }
    if summary.json { Standard.output.write(try Summary("convert", stack, output: [name]).json()) }
    try work.finish(skipped: stack.skipped)
  }
}
