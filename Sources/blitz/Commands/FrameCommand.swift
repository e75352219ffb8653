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
      numbers and no view option is given; otherwise levels and colour map are applied.
      """)

  @Argument(help: "A folder of images, an image, a video or a .npy.")
  var path: String

  @Option(
    name: [.customShort("n"), .customLong("frame")], parsing: .unconditional,
    help: ArgumentHelp("The frame, counted from 0 in the source.", valueName: "N"),
    transform: { try value($0, "a whole number from 0") { Int($0).flatMap { $0 >= 0 ? $0 : nil } } }
  )
  var frame: Int

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

  @OptionGroup(title: "View options")
  var view: ViewFlags

  @OptionGroup(title: "Screen options")
  var screen: ScreenFlags

  func run() throws {
    let work = Work(output.quiet)
    let input = FilePath(path)
    let target = try output.output.map { text throws(BlitzError) in
      try Destination(text, formats: [.npy, .png], force: output.force, input: input)
    }
    let stack = try open(work)
    let plane = try work.interruptible { () throws(BlitzError) in
      try ImagePlane(frame: 0, of: stack.source)
    }
    if let target {
      try ImageDocument(
        plane: plane, view: view,
        storedAs: load.keepsCodes ? stack.recording.description.sampleType : nil,
        console: work.console
      ).write(to: target)
    } else {
      Standard.output.write(text(plane))
    }
    try work.finish(skipped: stack.damagedFrames)
  }

  /// The recording with the one frame loaded, at position 0.
  private func open(_ work: Work) throws(BlitzError) -> OpenedStack {
    var options = load.options
    let recording = try Recording.open(path, options: options).verified()
    let frames = recording.description.shape.frames
    let range = options.range.resolve(frames: frames)
    guard let range, range.contains(frame) else {
      throw BlitzError(
        .usage, "-n \(frame)", "no such frame: \(PrintableText(path)) has \(frames)",
        hint: "frames are counted from 0"
          + (options.range == .all ? "" : ", and --range must hold it"))
    }
    options.range = FrameSlice(frame)
    return try OpenedStack.open(recording, options, work.quietly)
  }

  private func text(_ plane: ImagePlane) -> [UInt8] {
    let room = StillImage.room(1)
    let text = StillText(
      // A line stays free for the prompt that follows.
      rows: rows ?? room.map { max($0.rows - 1, 1) } ?? 24, columns: columns ?? room?.columns ?? 80,
      cellAspect: screen.cellAspect ?? room?.aspect ?? 2,
      still: StillImage(
        options: screen.options, environment: environment(),
        isTerminal: Standard.output.isTerminal))
    return text.lines(plane, Coloring(view, fitting: plane), pooling: view.pooling)
  }
}

/// A size in cells, 1...1000.
@Sendable private func cells(_ text: String) throws -> Int {
  try value(text, "a whole number from 1 to 1000") { Int($0).flatMap { 1...1000 ~= $0 ? $0 : nil } }
}
