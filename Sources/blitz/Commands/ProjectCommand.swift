import ArgumentParser
import BlitzCore
import BlitzIO
import BlitzKernels

/// `blitz project`: many frames reduced to one.
struct ProjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project", abstract: "Reduce the frames of a recording to one image.",
    discussion: """
      OUT ends in .npy (Float32, rows x columns, or rows x columns x 3), .png or .tif. For several
      projections it holds {op}, which each one's name replaces.
      """)

  @Argument(help: "A folder of images, an image, a video or a .npy.")
  var path: PathArgument

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "One or more of mean, std, min, max, median, sum, with commas.", valueName: "OP"),
    transform: { try value($0, "mean, std, min, max, median or sum", read: projections) })
  var op: [Projection]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What std divides by: the number of frames less this.", valueName: "0|1"),
    transform: { try value($0, "0 or 1") { Int($0).flatMap { DegreesOfFreedom(rawValue: $0) } } })
  var ddof = DegreesOfFreedom.population

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
    let names = try outputNames()
    let targets = try names.map { name throws(BlitzError) in
      try Destination(
        name, formats: [.npy, .png, .tif], force: output.force, input: path.location)
    }
    let (stack, planes) = try work.interruptible { () throws(BlitzError) in
      // Medians need all frames of a pixel at once.
      let access = op.contains(.median) ? LoadPlan.Access.everyFrame : correction.access
      let raw = try OpenedStack.open(path.location, load.options, work, access: access)
      let stack = try correction.apply(to: raw, load.options, work)
      let planes = try StackReduction(stack, work).planes(Set(op), freedom: ddof)
      try stack.requireReadableFrames()
      return (stack, planes)
    }
    for (operation, target) in zip(op, targets) {
      let document = ImageDocument(
        ImagePlane(planes[operation] ?? [], like: stack.source.shape),
        storedAs: stack.codeType(load.options), view, work.console)
      try document.write(to: target)
    }
    if summary.json {
      Standard.output.write(try Summary("project", stack, output: names).json())
    }
    try work.finish(skipped: stack.skipped)
  }

  /// One name for each projection.
  private func outputNames() throws(BlitzError) -> [String] {
    let template = try output.required(summary)
    guard op.count == 1 || template.contains("{op}") else {
      throw BlitzError(
        .usage, "-o \(template)", "is one file for \(op.count) projections",
        hint: template == "-"
          ? "standard output takes one projection" : "put {op} into the name, as in out_{op}.npy")
    }
    return op.map { operation in
      let parts = template.split(separator: "{op}", omittingEmptySubsequences: false)
      return parts.joined(separator: operation.rawValue)
    }
  }
}

/// Names with commas between them, each once; nil for anything else.
@Sendable private func projections(_ text: String) -> [Projection]? {
  let names = text.split(separator: ",", omittingEmptySubsequences: false)
  let operations = names.compactMap { Projection(rawValue: String($0)) }
  return operations.count == names.count && Set(operations).count == names.count
    ? operations : nil
}
