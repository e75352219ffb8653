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

  /// The recording with that frame alone, at position 0.
  ///
  /// - Throws: `usage` when there is no such frame, or `--range` leaves it out.
  func open(
    _ path: FilePath, _ options: LoadOptions, _ work: Work
  ) throws(BlitzError) -> OpenedStack {
    let recording = try Recording.open(path, options: options).verified()
    let frames = recording.description.shape.frames
    guard let range = options.range.resolve(frames: frames), range.contains(frame) else {
      throw BlitzError(
        .usage, "-n \(frame)", "no such frame: \(path) has \(frames)",
        hint: "frames are counted from 0"
          + (options.range == .all ? "" : ", and --range must hold it"))
    }
    var options = options
    options.range = FrameSlice(frame)
    return try OpenedStack.open(recording, options, work.quietly)
  }
}

/// A whole number from 0; nil for anything else.
@Sendable func natural(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }
