import ArgumentParser
import BlitzCore
import BlitzIO
import BlitzKernels

/// `blitz trace`: statistics of regions, frame by frame, as a table.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Write statistics of regions over time as CSV.",
    discussion: """
      One row for each frame: frame, time_s and a column for each region and statistic. Lines that
      begin with # say what was measured. Regions are in loaded pixels, origin at the top left.
      """)

  @Argument(help: "A folder of images, an image, a video or a .npy.")
  var path: PathArgument

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A region, as often as needed: \(RegionOfInterest.grammar).", valueName: "ROI"),
    transform: region)
  var roi: [RegionOfInterest]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "One or more of mean, median, std, min, max, sum, n, with commas.", valueName: "S"),
    transform: { try value($0, "mean, median, std, min, max, sum or n", read: statistics) })
  var stat = [RegionStatistics.Statistic.mean]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Times by the recording's own stamps, or by number and frame rate.", valueName: "pts|index"),
    transform: choice)
  var time: FrameClock.Origin?

  @OptionGroup(title: "Output options")
  var output: OutputFlags

  @OptionGroup
  var summary: SummaryFlag

  @OptionGroup(title: "Load options")
  var load: LoadFlags

  @OptionGroup(title: "Correction options")
  var correction: CorrectionFlags

  func run() throws {
    let work = Work(output)
    let name = try output.required(summary)
    let target = try Destination(
      name, formats: [.csv], force: output.force, input: path.location)
    let names = try TraceTable.names(of: roi)
    let (stack, columns) = try work.interruptible { () throws(BlitzError) in
      var reductions: [TraceReduction] = []
      let raw = try OpenedStack.open(path.location, load.options, work, access: correction.access) {
        (shape) throws(BlitzError) in reductions = try self.reductions(names, shape, work.console)
      }
      let stack = try correction.apply(to: raw, load.options, work)
      let values = try StackTraces(stack: stack, work: work).measure(reductions)
      try stack.requireReadableFrames()
      return (
        stack,
        names.indices.map {
          TraceTable.Column(name: names[$0], region: roi[$0], values: values[$0])
        }
      )
    }
    let clock = FrameClock(stack, load.options, origin: time)
    let table = TraceTable(
      notes: stack.notes(load.options), frames: stack.plan.frames, seconds: clock.seconds,
      statistics: stat, columns: columns)
    try target.write(table.document.bytes)
    if summary.json { Standard.output.write(try Summary("trace", stack, output: [name]).json()) }
    try work.finish(skipped: stack.skipped)
  }

  /// What measures each region.
  private func reductions(
    _ names: [String], _ shape: StackShape, _ console: Console
  ) throws(BlitzError) -> [TraceReduction] {
    try zip(names, roi).map { name, region throws(BlitzError) in
      let reduction = TraceReduction(of: region, in: shape, statistics: Set(stat))
      guard let reduction else {
        throw .outside(name, shape)
      }
      if reduction.spans.isClipped {
        console.say("ROI \(name): partly outside the frame, the part inside is measured")
      }
      return reduction
    }
  }

}

/// Names with commas between them, each once; nil for anything else.
@Sendable private func statistics(_ text: String) -> [RegionStatistics.Statistic]? {
  let names = text.split(separator: ",", omittingEmptySubsequences: false)
  let statistics = names.compactMap { RegionStatistics.Statistic(rawValue: String($0)) }
  return statistics.count == names.count && Set(statistics).count == names.count
    ? statistics : nil
}
