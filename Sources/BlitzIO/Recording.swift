public import BlitzCore
import Glibc

/// An opened recording: what `blitz PATH` shows.
public struct Recording: Sendable {
  /// The path as given, for JSON; where it is not UTF-8, with the invalid bytes replaced.
  public let path: String
  /// The path as the system knows it.
  public let location: FilePath
  /// What it holds, from the headers read so far.
  public let description: StackDescription
  /// Decodes its frames.
  public let reader: any StackReader
  /// Inputs known to be no frames; they are not counted in the shape.
  public let skipped: [SkippedInput]

  /// Opens a folder of images or a file.
  ///
  /// Of a folder only the names and a few headers are read: the size that most of up to 16 of them
  /// share is taken for every frame. Images that turn out to be of another size when they are
  /// decoded keep their slot as damaged frames; `verified` finds them beforehand. `--mixed crop`
  /// and `--mixed error` depend on every size and so read all headers here. The frames of a video are
  /// counted here when the range counts from its end.
  ///
  /// - Throws: `missingInput` when nothing is there or can be read, `unsupported` and
  ///   `damagedInput` when a file is no recording, `usage` under `--mixed error`.
  public static func open(_ path: String, options: LoadOptions) throws(BlitzError) -> Recording {
    try open(FilePath(path), options: options)
  }

  /// As the other, for a path of any bytes.
  public static func open(_ location: FilePath, options: LoadOptions) throws(BlitzError)
    -> Recording
  {
    var status = stat()
    let failed = unsafe location.withCString { unsafe stat($0, &status) } != 0
    guard !failed else {
      throw BlitzError(.missingInput, location.description, systemReason(errno))
    }
    return status.st_mode & S_IFMT == S_IFDIR
      ? try openFolder(location, options) : try openFile(location, options)
  }

  /// The same recording with every header read, so that the number of frames is exact.
  ///
  /// Files that cannot be read or are of another size than most move to `skipped`. Costs one small
  /// read per file, on all processors, or one pass over a video without decoding; nothing for others.
  ///
  /// - Parameter countsVideo: False leaves a video's number of frames what its headers say.
  public func verified(countsVideo: Bool = true) -> Recording {
    if isVerified { return self }
    if let video = reader as? VideoReader {
      guard countsVideo, let counted = try? video.counted() else { return self }
      return Recording(location, counted, options, isVerified: true)
    }
    guard let sequence = reader as? ImageSequence else { return self }
    let folder = ImageFolder(sequence, skipped: skipped)
    // It fails only where every file has become unreadable; decoding will tell.
    guard let (frames, skipped) = try? folder.survey(options) else { return self }
    return Recording(location, frames, skipped: skipped, options, isVerified: true)
  }

  /// True when gray, if it is wanted, comes from the decoder in the stored type.
  var deliversGray: Bool {
    (reader as? ImageSequence)?.reference.hasLuma ?? (reader as? VideoReader)?.hasLuma ?? false
  }

  /// What to list for a frame that turned out to be damaged: its file, or where in the one file.
  func skippedFrame(_ frame: Int, _ problem: String) -> SkippedInput {
    if let sequence = reader as? ImageSequence {
      return SkippedInput(file: sequence.file(frame), reason: problem)
    }
    return SkippedInput(file: location, reason: "frame \(frame): \(problem)")
  }

  private let options: LoadOptions
  private let isVerified: Bool

  init(
    _ location: FilePath, _ reader: any StackReader, skipped: [SkippedInput] = [],
    _ options: LoadOptions, notes: [PrintableText] = [], isVerified: Bool
  ) {
    path = String(decoding: location.bytes, as: UTF8.self)
    (self.location, self.reader, self.skipped) = (location, reader, skipped)
    var description = reader.description
    description.notes += notes
    (self.description, self.options, self.isVerified) = (description, options, isVerified)
  }

  private static func openFolder(
    _ location: FilePath, _ options: LoadOptions
  ) throws(BlitzError) -> Recording {
    let scan = try FolderScan(location)
    let folder = ImageFolder(scan)
    guard options.mixed == .skip else {
      let (frames, skipped) = try folder.survey(options)
      return Recording(location, frames, skipped: skipped, options, isVerified: true)
    }
    return Recording(
      location, try folder.glance(options), skipped: scan.skipped, options, isVerified: false)
  }

  private static func openFile(
    _ location: FilePath, _ options: LoadOptions
  ) throws(BlitzError) -> Recording {
    let head = FileBytes()
    try head.load(location, prefix: StackFormat.signatureLength)
    guard let format = head.withBytes({ StackFormat.detect($0, name: location) }) else {
      throw BlitzError(
        .unsupported, location.description,
        head.count == 0 ? "is empty" : "is of no known format",
        hint: "blitz opens \(StackFormat.list), and folders of images")
    }
    let reader: any StackReader =
      if let open = format.open {
        try open(location, options)
      } else {
        try ImageFolder(file: location, format: format.name).glance(options)
      }
    let recording = Recording(
      location, reader, options, notes: LostDigits.note(of: reader).map { [$0] } ?? [],
      isVerified: reader.description.framesExact)
    return options.range.countsFromEnd ? recording.verified() : recording
  }
}
