import BlitzCore

/// One image file of a recording: its header and its samples.
enum ImageFile {
  /// Bytes that hold the header of nearly every file; more are read when they do not.
  private static let headerPrefix = 32 << 10

  /// Reads the header, from the start of the file where that is enough.
  static func header(_ path: FilePath, scratch: FileBytes) throws(BlitzError) -> ImageHeader {
    let size = try scratch.load(path, prefix: headerPrefix)
    let format = try format(of: path, in: scratch)
    guard let codec = format.codec else { return try stackHeader(path, format) }
    do throws(ImageProblem) {
      return try scratch.withBytes { (bytes) throws(ImageProblem) in try codec.header(bytes) }
    } catch {
      guard error.kind == .damagedInput, size > scratch.count else { throw error.error(path) }
    }
    try scratch.load(path)
    do throws(ImageProblem) {
      return try scratch.withBytes { (bytes) throws(ImageProblem) in try codec.header(bytes) }
    } catch { throw error.error(path) }
  }

  /// Reads and decodes; the file's content decides the format, not its name.
  static func decode(
    _ path: FilePath, _ request: DecodeRequest, into frame: DecodedFrame
  ) throws(BlitzError) -> FrameCondition {
    let size = try frame.file.load(path) { beginning in
      // What has a reader of its own is read by that.
      StackFormat.detect(beginning, name: path)?.open == nil
    }
    frame.report.bytesRead += size
    let format = try format(of: path, in: frame.file)
    guard let codec = format.codec else {
      return try open(path, format).decode(0, color: request.color, into: frame)
    }
    return frame.file.withBytes { bytes in codec.decode(bytes, request, frame) }
  }

  private static func format(of path: FilePath, in file: FileBytes) throws(BlitzError)
    -> StackFormat
  {
    let format = file.withBytes { bytes in StackFormat.detect(bytes, name: path) }
    guard let format, format.isImage else {
      throw BlitzError(
        .damagedInput, path.description, file.count == 0 ? "empty file" : "not an image")
    }
    return format
  }

  /// The header of an image whose format is read through its own stack reader.
  private static func stackHeader(
    _ path: FilePath, _ format: StackFormat
  ) throws(BlitzError) -> ImageHeader {
    let description = try open(path, format).description
    return ImageHeader(
      rows: description.shape.rows, columns: description.shape.columns,
      channels: description.shape.channels, type: description.sampleType,
      images: description.shape.frames)
  }

  private static func open(
    _ path: FilePath, _ format: StackFormat
  ) throws(BlitzError) -> any StackReader {
    guard let open = format.open else {
      throw BlitzError(.unsupported, path.description, "\(format.name) is not an image format")
    }
    return try open(path, LoadOptions())
  }
}
