public import BlitzCore
import CCodecShims

/// A TIFF file as a stack: its pages, or the time axis that ImageJ or OME name in it.
///
/// Directories are walked by our own code; libtiff decodes the pixels of one page at its offset.
public final class TIFFReader: StackReader, MappableReader {
  /// What the first page says.
  public let description: StackDescription
  let file: MappedFile
  private let bytes: TIFFBytes
  private let pages: TIFFPages
  private let axes: TIFFAxes
  /// The planes of a file with one directory for all of them, as ImageJ writes beyond 4 GiB.
  private let planes: SampleLayout?

  /// Opens a file: follows its chain of pages and reads the first one's directory.
  ///
  /// - Throws: `missingInput`, `damagedInput` or `unsupported`, as the first page has it.
  public init(path: FilePath) throws(BlitzError) {
    file = try MappedFile(path: path)
    guard let bytes = TIFFBytes(file) else {
      throw BlitzError(.damagedInput, path.description, "is no TIFF file")
    }
    let pages = TIFFPages(bytes)
    guard let first = pages.offsets.first, let directory = TIFFDirectory(bytes, at: first) else {
      throw BlitzError(
        .damagedInput, path.description, "holds no page: its first directory is not in the file")
    }
    let header = try Self.header(file, at: first)
    let text = directory.text(.description) ?? ""
    var single: SampleLayout?
    var notes = [pages.note]
    if pages.offsets.count == 1, let claimed = TIFFAxes.imageJPlanes(text), claimed > 1 {
      single = TIFFLayout(directory, bytes)?.planes(claimed, in: bytes)
      if single?.shape.frames != claimed {
        notes.append(
          "ImageJ wrote \(claimed) planes, of which \(single?.shape.frames ?? 1) can be read")
      }
    }
    axes = TIFFAxes(
      description: text, planes: single?.shape.frames ?? pages.offsets.count,
      channels: header.channels)
    let shape = StackShape(
      frames: axes.frames, rows: header.rows, columns: header.columns, channels: header.channels)
    guard let shape else {
      throw BlitzError(.limit, path.description, "\(axes.frames) pages are more than can be read")
    }
    var description = StackDescription(format: "tiff", shape: shape, sampleType: header.type)
    description.notes = (notes + [axes.note]).compactMap { $0.map { PrintableText($0) } }
    self.description = description
    (self.bytes, self.pages, planes) = (bytes, pages, single)
  }

  /// Decodes the page of a frame; pages of another size are delivered as they are.
  public func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
    -> FrameCondition
  {
    let plane = index * axes.stride
    if let planes { return try file.copyFrame(plane, of: planes, into: frame) }
    precondition(pages.offsets.indices ~= plane, "frame outside the stack")
    // Samples in one piece need no decoder.
    if let page = layout(ofFrame: index)?.repeated(frames: 1, stride: 0), page.hasPackedFrames {
      return try file.copyFrame(0, of: page, into: frame)
    }
    let condition = Self.decode(file, at: pages.offsets[plane], into: frame)
    // Not the bytes, which libtiff read by itself, but whether they are still those of this file.
    try file.verify(0..<0)
    return condition
  }

  /// Where the samples of all frames lie, when they can be read in place: not compressed, all alike,
  /// in order and evenly spaced.
  ///
  /// - Complexity: Reads the directory of every page.
  func layout() -> SampleLayout? {
    if let planes {
      return TIFFLayout(planes).repeated(
        frames: axes.frames, stride: planes.frameStride * axes.stride)
    }
    guard let first = layout(ofFrame: 0) else { return nil }
    guard axes.frames > 1 else { return first.repeated(frames: 1, stride: 0) }
    guard let second = layout(ofFrame: 1), second.offset > first.offset else { return nil }
    let stride = second.offset - first.offset
    var last = first
    for frame in 1..<axes.frames {
      guard let page = layout(ofFrame: frame), page.isLike(first),
        page.offset.subtractingReportingOverflow(last.offset) == (stride, false)
      else { return nil }
      last = page
    }
    return first.repeated(frames: axes.frames, stride: stride)
  }

  private func layout(ofFrame frame: Int) -> TIFFLayout? {
    TIFFDirectory(bytes, at: pages.offsets[frame * axes.stride]).flatMap { TIFFLayout($0, bytes) }
  }
}

extension TIFFReader {
  /// What a page delivers.
  private static func header(
    _ file: MappedFile, at offset: Int
  ) throws(BlitzError) -> ImageHeader {
    var (info, problem) = (blz_tiff_info(), blz_problem())
    let (outcome, page) = unsafe open(file, offset, &info, &problem)
    unsafe blz_tiff_close(page)
    guard outcome == BLZ_COMPLETE, let header = info.header else {
      throw problem.failure(outcome).error(file.path)
    }
    return header
  }

  private static func decode(
    _ file: MappedFile, at offset: Int, into frame: DecodedFrame
  ) -> FrameCondition {
    var (info, problem) = (blz_tiff_info(), blz_problem())
    var (outcome, page) = unsafe open(file, offset, &info, &problem)
    defer { unsafe blz_tiff_close(page) }
    guard outcome == BLZ_COMPLETE, let header = info.header else {
      return frame.conclude(outcome == BLZ_COMPLETE ? BLZ_REFUSED : outcome, problem)
    }
    frame.prepare(header)
    outcome = frame.withMutableBytes { samples in
      unsafe samples.withUnsafeMutableBufferPointer {
        unsafe blz_tiff_read(page, $0.baseAddress, $0.count, &problem)
      }
    }
    return frame.conclude(outcome, problem)
  }

  private static func open(
    _ file: MappedFile, _ offset: Int, _ info: inout blz_tiff_info, _ problem: inout blz_problem
  ) -> (blz_outcome, OpaquePointer?) {
    var page: OpaquePointer?
    let outcome = unsafe blz_tiff_open(
      file.descriptor, UInt64(file.byteCount), UInt64(offset), UInt64(ImageCodec.pixelLimit),
      &page, &info, &problem)
    return unsafe (outcome, page)
  }
}

extension blz_tiff_info {
  /// Nil for a combination of bits and format that the shim does not deliver.
  fileprivate var header: ImageHeader? {
    TIFFLayout.sampleType(bits: Int(bits), format: Int(format.rawValue) + 1).map {
      ImageHeader(rows: Int(height), columns: Int(width), channels: Int(channels), type: $0)
    }
  }
}
