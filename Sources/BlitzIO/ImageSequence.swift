import BlitzCore

/// Image files as a recording, one frame each.
struct ImageSequence: StackReader {
  let description: StackDescription
  let folder: FilePath
  let names: FileNames
  /// The size every frame is expected to have, and how its samples are stored.
  let reference: ImageHeader
  private let reduction: Int

  init(
    format: String, folder: FilePath, names: FileNames, reference: ImageHeader,
    options: LoadOptions, note: PrintableText? = nil
  ) throws(BlitzError) {
    let shape = StackShape(
      frames: names.count, rows: reference.rows, columns: reference.columns,
      channels: reference.channels)
    guard let shape else {
      throw BlitzError(
        .limit, folder.description,
        "\(names.count) frames of \(reference.columns)x\(reference.rows) are beyond the limits",
        hint: "at most 16777216 frames and 65535 pixels along an edge")
    }
    var description = StackDescription(format: format, shape: shape, sampleType: reference.type)
    description.notes = [note].compactMap(\.self)
    self.description = description
    (self.folder, self.names, self.reference) = (folder, names, reference)
    // Images of other sizes are cut at their top left corner in full resolution.
    let frame = FrameGeometry(rows: shape.rows, columns: shape.columns, options: options)
    reduction = options.mixed == .crop ? 1 : frame.codecReduction
  }

  /// The file of a frame.
  func file(_ index: Int) -> FilePath { folder.appending(names[index]) }

  func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
    -> FrameCondition
  {
    try ImageFile.decode(
      file(index), DecodeRequest(color: color, reduction: reduction), into: frame)
  }
}
