import ArgumentParser
import BlitzCore
import BlitzIO

/// The one frame that a command is about.
struct FrameSelection: ParsableArguments {
  @Option(
    name: [.customShort("n"), .customLong("frame")], parsing: .unconditional,
    help: ArgumentHelp("The frame, counted from 0 in the source.", valueName: "N"),
    transform: { try value($0, "a whole number from 0", read: natural) })
  var frame: Int

  /// The recording, and where that frame is in it; loaded is no more than it needs.
  ///
  /// - Throws: `usage` when there is no such frame, or `--range` leaves it out.
  func open(
    _ path: FilePath, _ options: LoadOptions, _ correction: CorrectionFlags, _ work: Work
  ) throws(BlitzError) -> (stack: OpenedStack, position: Int) {
    let opened = try Recording.open(path, options: options)
    // Going through all of a long video to count its frames takes longer than to show one of them: its
    // headers are believed where they promise more than that one. Decoding tells when they lie.
    let isPromised = frame < opened.description.shape.frames - 1 && options.range == .all
    let recording = opened.verified(countsVideo: !isPromised)
    let frames = recording.description.shape.frames
    guard let range = options.range.resolve(frames: frames), range.contains(frame) else {
      throw BlitzError(
        .usage, "-n \(frame)", "no such frame: \(path) has \(frames)",
        hint: "frames are counted from 0"
          + (options.range == .all ? "" : ", and --range must hold it"))
    }
    var part = options
    // A window needs its neighbours; all else needs the frame alone.
    if !correction.hasWindow { part.range = FrameSlice(frame) }
    let raw = try OpenedStack.open(
      recording, part, work.quietly, access: correction.access)
    let stack = try correction.apply(to: raw, part, work)
    return (stack, stack.plan.frames.nearestIndex(to: frame))
  }
}

/// A whole number from 0; nil for anything else.
@Sendable func natural(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }
