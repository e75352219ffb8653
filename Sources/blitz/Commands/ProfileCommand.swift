import ArgumentParser
import BlitzCore
import BlitzIO
import BlitzKernels

/// `blitz profile`: the samples along a row or a column of one frame, as a table.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Write the samples along a row or a column of a frame as CSV.",
    discussion: """
      One row for each pixel along the line: position, and mean, min and max over a band of --width
      rows or columns, three times for colour. Rows and columns are counted in loaded pixels.
      """)

  @Argument(help: "A folder of images, an image, a video or a .npy.")
  var path: PathArgument

  @OptionGroup
  var selection: FrameSelection

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The row to follow.", valueName: "Y"),
    transform: { try value($0, "a whole number from 0", read: natural) })
  var row: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The column to follow.", valueName: "X"),
    transform: { try value($0, "a whole number from 0", read: natural) })
  var column: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Rows or columns in the band.", valueName: "W"),
    transform: {
      try value($0, "a whole number from 1") { Int($0).flatMap { $0 >= 1 ? $0 : nil } }
    })
  var width = 1

  @OptionGroup(title: "Output options")
  var output: OutputFlags

  @OptionGroup
  var summary: SummaryFlag

  @OptionGroup(title: "Load options")
  var load: LoadFlags

  @OptionGroup(title: "Correction options")
  var correction: CorrectionFlags

  func validate() throws {
    guard (row == nil) != (column == nil) else {
      throw ValidationError("one of --row and --column is needed, and not both")
    }
  }

  func run() throws {
    let work = Work(output)
    let name = try output.required(summary)
    let target = try Destination(
      name, formats: [.csv], force: output.force, input: path.location)
    let (stack, position) = try work.interruptible { () throws(BlitzError) in
      try selection.open(path.location, load.options, correction, work)
    }
    let shape = stack.source.shape
    let line = row.map { Profile.Line.row($0) } ?? .column(column ?? 0)
    guard var profile = Profile(line, width: width, in: shape) else {
      throw BlitzError(
        .usage, row == nil ? "--column" : "--row",
        "lies outside the frame of \(shape.columns)x\(shape.rows)",
        hint: "rows and columns are counted from 0, after --crop and --size")
    }
    let plane = try work.interruptible { () throws(BlitzError) in
      try ImagePlane(frame: position, of: stack.source)
    }
    profile.measure(plane.samples.span)
    let table = ProfileTable(
      notes: stack.notes(load.options), subject: "frame: \(selection.frame)", profile: profile)
    try target.write(table.document.bytes)
    if summary.json { Standard.output.write(try Summary("profile", stack, output: [name]).json()) }
    try work.finish(skipped: stack.damagedFrames)
  }
}
