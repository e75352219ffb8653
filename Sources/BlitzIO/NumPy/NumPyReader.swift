public import BlitzCore

/// A `.npy` file as a stack: `(H, W)`, `(T, H, W)` or `(T, H, W, C)` with 1, 3 or 4 channels.
///
/// The file is mapped, so opening reads its header only, whatever its length.
public final class NumPyReader: StackReader {
  /// What the header says.
  public let description: StackDescription
  /// Bytes behind the array, which are ignored; 0 in a sound file.
  public let excessByteCount: Int

  /// The mapped file and where its samples lie.
  let file: MappedFile
  let layout: SampleLayout

  /// Opens a file of any supported type and order.
  ///
  /// - Throws: `missingInput`, `damagedInput` (a bad header, less data than it claims),
  ///   `unsupported` (no numbers, or no image's extents) or `limit`.
  public init(path: String) throws(BlitzError) {
    file = try MappedFile(path: path)
    let header = try NumPyHeader(file.prefix(NumPyHeader.prefixLength), path: path)
    let shape = try Self.shape(of: header.extents, path: path)
    guard let needed = header.byteCount, needed <= file.byteCount - header.dataOffset else {
      throw Self.tooShort(path: path, header: header, byteCount: file.byteCount)
    }
    excessByteCount = file.byteCount - header.dataOffset - needed
    layout =
      header.isFortranOrder
      ? SampleLayout(
        fortranOrdered: shape, type: header.type, isSwapped: header.isSwapped,
        offset: header.dataOffset)
      : SampleLayout(
        shape: shape, type: header.type, isSwapped: header.isSwapped, offset: header.dataOffset)
    description = StackDescription(format: "npy", shape: shape, sampleType: header.type)
  }

  /// Copies one frame, channels innermost, in its stored type and byte order.
  public func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
    -> FrameCondition
  {
    try file.copyFrame(index, of: layout, into: frame)
  }

  /// The stack that an array of these extents is.
  private static func shape(of extents: [Int], path: String) throws(BlitzError) -> StackShape {
    let text = "(" + extents.map(String.init).joined(separator: ", ") + ")"
    guard !extents.contains(0) else {
      throw BlitzError(.unsupported, path, "is an empty array of shape \(text)")
    }
    let full: [Int]
    switch extents.count {
    case 2: full = [1] + extents + [1]
    case 3: full = extents + [1]
    case 4 where [1, 3, 4].contains(extents[3]): full = extents
    default:
      throw BlitzError(
        .unsupported, path, "has shape \(text), which is no stack of images",
        hint: "(H, W), (T, H, W) and (T, H, W, C) with C = 1, 3 or 4 can be read")
    }
    guard
      let shape = StackShape(
        frames: full[0], rows: full[1], columns: full[2], channels: full[3])
    else {
      throw BlitzError(
        .limit, path, "has shape \(text)",
        hint: "at most 16777216 frames of 65536 x 65536 pixels can be read")
    }
    return shape
  }

  private static func tooShort(path: String, header: NumPyHeader, byteCount: Int) -> BlitzError {
    let data = byteCount - header.dataOffset
    guard let needed = header.byteCount else {
      return BlitzError(.damagedInput, path, "claims more elements than a file can have")
    }
    return BlitzError(
      .damagedInput, path, "is cut short: \(data) bytes of \(needed) are there",
      hint: "copy it again, or wait until it is written")
  }
}
