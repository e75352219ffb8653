public import BlitzCore

/// A `.npy` file as a stack: `(H, W)`, `(T, H, W)` or `(T, H, W, C)` with 1, 3 or 4 channels.
///
/// The file is mapped, so opening reads its header only, whatever its length.
public final class NumPyReader: StackReader, MappableReader {
  /// What the header says.
  public let description: StackDescription
  let file: MappedFile
  private let stored: SampleLayout

  /// Opens a file of any supported type and order.
  ///
  /// - Throws: `missingInput`, `damagedInput` (a bad header, less data than it claims),
  ///   `unsupported` (no numbers, or no image's extents) or `limit`.
  public init(path: FilePath) throws(BlitzError) {
    file = try MappedFile(path: path)
    let header = try NumPyHeader(file.prefix(NumPyHeader.prefixLength), path: path.description)
    let shape = try Self.shape(of: header.extents, path: path)
    guard let needed = header.byteCount, needed <= file.byteCount - header.dataOffset else {
      throw Self.tooShort(path: path, header: header, byteCount: file.byteCount)
    }
    let excess = file.byteCount - header.dataOffset - needed
    stored =
      header.isFortranOrder
      ? SampleLayout(
        fortranOrdered: shape, type: header.type, isSwapped: header.isSwapped,
        offset: header.dataOffset)
      : SampleLayout(
        shape: shape, type: header.type, isSwapped: header.isSwapped, offset: header.dataOffset)
    var description = StackDescription(format: "npy", shape: shape, sampleType: header.type)
    if excess > 0 {
      description.notes = [PrintableText("\(excess) bytes behind its array are ignored")]
    }
    self.description = description
  }

  /// Copies one frame, channels innermost, in its stored type and byte order.
  public func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
    -> FrameCondition
  {
    try file.copyFrame(index, of: stored, into: frame)
  }

  func layout() -> SampleLayout? { stored }

  /// The stack that an array of these extents is.
  private static func shape(of extents: [Int], path: FilePath) throws(BlitzError) -> StackShape {
    let text = "(" + extents.map(String.init).joined(separator: ", ") + ")"
    guard !extents.contains(0) else {
      throw BlitzError(.unsupported, path.description, "is an empty array of shape \(text)")
    }
    let full: [Int]
    switch extents.count {
    case 2: full = [1] + extents + [1]
    case 3: full = extents + [1]
    case 4 where [1, 3, 4].contains(extents[3]): full = extents
    default:
      throw BlitzError(
        .unsupported, path.description, "has shape \(text), which is no stack of images",
        hint: "(H, W), (T, H, W) and (T, H, W, C) with C = 1, 3 or 4 can be read")
    }
    guard
      let shape = StackShape(
        frames: full[0], rows: full[1], columns: full[2], channels: full[3])
    else {
      throw BlitzError(
        .limit, path.description, "has shape \(text)",
        hint: "at most 16777216 frames of 65536 x 65536 pixels can be read")
    }
    return shape
  }

  private static func tooShort(path: FilePath, header: NumPyHeader, byteCount: Int) -> BlitzError {
    let data = byteCount - header.dataOffset
    guard let needed = header.byteCount else {
      return BlitzError(
        .damagedInput, path.description, "claims more elements than a file can have")
    }
    return BlitzError(
      .damagedInput, path.description, "is cut short: \(data) bytes of \(needed) are there",
      hint: "copy it again, or wait until it is written")
  }
}
