import ArgumentParser
import BlitzCore
import BlitzIO
import BlitzModel
import BlitzTUI

/// `blitz frame`: one frame as values, as a picture or as text.
struct FrameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame", abstract: "Write one frame as values or a picture, or show it as text.",
    discussion: """
      Without -o the frame is drawn in half blocks on standard output.
      A .npy holds the samples as Float32. A .png holds the samples as they are when they are whole
      numbers and no view option is given; otherwise levels and colour map are applied. A .tif holds
      the samples, with the levels as what ImageJ shows. Regions are drawn on pictures and text.
      """)

  @Argument(help: "A folder of images, an image, a video or a .npy.")
  var path: PathArgument

  @OptionGroup
  var selection: FrameSelection

  @OptionGroup(title: "Output options")
  var output: OutputFlags

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Width of the text in cells.", valueName: "C"),
    transform: cells)
  var columns: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Height of the text in cells.", valueName: "R"),
    transform: cells)
  var rows: Int?

  @OptionGroup(title: "Load options")
  var load: LoadFlags

  @OptionGroup(title: "Correction options")
  var correction: CorrectionFlags

  @OptionGroup(title: "View options")
  var view: ViewFlags

  @OptionGroup
  var regions: RegionFlags

  @OptionGroup(title: "Screen options")
  var screen: ScreenFlags

  func run() throws {
    let work = Work(output)
    let input = path.location
    let target = try output.output.map { text throws(BlitzError) in
      try Destination(text, formats: [.npy, .png, .tif], force: output.force, input: input)
    }
    try checkRegions(target)
    let (stack, plane) = try work.interruptible { () throws(BlitzError) in
      let (stack, position) = try selection.open(path.location, load.options, correction, work)
      try regions.check(in: stack.source.shape)
      return (stack, try ImagePlane(frame: position, of: stack.source))
    }
    if let target {
      try ImageDocument(
        plane, storedAs: stack.codeType(load.options), view, regions: regions.roi, work.console
      ).write(to: target)
    } else {
      Standard.output.write(text(plane))
    }
    try work.finish(skipped: stack.damagedFrames)
  }

  /// Refuses regions over samples: a line through them would be a lie.
  private func checkRegions(_ target: Destination?) throws(BlitzError) {
    guard let target, target.format != .png, !regions.roi.isEmpty else { return }
    throw BlitzError(
      .usage, "--roi", "is drawn on pictures, and a .\(target.format.rawValue) holds samples",
      hint: "end the name in .png, or leave -o out for text")
  }

  private func text(_ plane: ImagePlane) -> [UInt8] {
    let room = StillImage.room(1)
    let text = StillText(
      // A line stays free for the prompt that follows.
      rows: rows ?? room.map { max($0.rows - 1, 1) } ?? 24, columns: columns ?? room?.columns ?? 80,
      cellAspect: screen.cellAspect ?? room?.aspect ?? 2, cells: screen.cells,
      still: StillImage(
        options: screen.options, environment: environment(),
        isTerminal: Standard.output.isTerminal))
    return text.lines(
      plane, Coloring(view, fitting: plane), pooling: view.pooling,
      outlines: RegionOutlines(regions.roi))
  }
}

/// A size in cells, 1...1000.
@Sendable private func cells(_ text: String) throws -> Int {
  try value(text, "a whole number from 1 to 1000") { Int($0).flatMap { 1...1000 ~= $0 ? $0 : nil } }
}
