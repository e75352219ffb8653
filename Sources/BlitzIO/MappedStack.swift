public import BlitzCore
import BlitzKernels

/// A stack read where it lies in its file, however large: nothing is loaded.
///
/// Float32 of this machine's byte order is lent in place; every other type, Fortran order, planes
/// and gray of colour are converted a band at a time into the worker's scratch. Memory is the
/// kernel's page cache, and a file larger than a limit gives that back behind its readers.
public final class MappedStack: SampleSource {
  /// The extents as read: kept frames, cropped, one channel where colour is not wanted.
  public let shape: StackShape

  private let file: MappedFile
  private let layout: SampleLayout
  private let frames: FrameRange
  private let rows: Range<Int>
  private let columns: Range<Int>
  private let passage: MappedPassage
  private let checks: BlockChecks?
  /// Source frames known to be damaged, whatever is stored for them.
  private let damaged: Set<Int>

  /// A view of part of a file.
  ///
  /// - Parameters:
  ///   - frames: Source frames to keep, within the layout's.
  ///   - crop: Part of each frame; clipped to it. Nil keeps all.
  ///   - color: Keep three channels; otherwise colour becomes gray. Alpha is always dropped.
  ///   - limit: Where there are more bytes to read than this, what readers have passed is given back; nil
  ///     for none.
  ///   - checks: Compared before bytes are read for the first time.
  ///   - damaged: Source frames known to be damaged.
  /// - Returns: Nil when nothing is left after the crop, or frames are outside the layout.
  init?(
    file: MappedFile, layout: SampleLayout, frames: FrameRange, crop: LoadOptions.Crop? = nil,
    color: Bool = false, limit: Int? = nil, checks: BlockChecks? = nil, damaged: Set<Int> = []
  ) {
    let stored = layout.shape
    rows = Self.clip(crop.map { ($0.y, $0.height) }, to: stored.rows)
    columns = Self.clip(crop.map { ($0.x, $0.width) }, to: stored.columns)
    let channels = color && stored.channels >= 3 ? 3 : 1
    guard frames.last < stored.frames,
      let shape = StackShape(
        frames: frames.count, rows: rows.count, columns: columns.count, channels: channels)
    else { return nil }
    (self.file, self.layout, self.frames, self.shape) = (file, layout, frames, shape)
    (self.checks, self.damaged) = (checks, damaged)
    let first = layout.span(rows: rows, frame: frames.start)
    let last = layout.span(rows: rows, frame: frames.last)
    passage = MappedPassage(
      file: file, reading: max(last.upperBound - first.lowerBound, 0), limit: limit)
  }

  /// Frames that all readers should go through before the next ones, at least one; nil where those behind
  /// them stay in memory.
  public var stretchFrames: Int? {
    let stored = layout.shape.frameSize * layout.type.byteCount
    return passage.stretchBytes.map {
      min(max($0 / max(layout.frameStride * frames.step, stored), 1), shape.frames)
    }
  }

  /// True for integers, which cannot be anything else.
  public var isKnownFinite: Bool { layout.type.isInteger }

  /// `damaged` once a page of the frame could not be read, else `complete`.
  public func condition(of frame: Int) -> FrameCondition {
    let source = frames[frame]
    return damaged.contains(source) || file.hasLost(layout.span(rows: rows, frame: source))
      ? .damaged : .complete
  }

  /// Lends `rows` of `frames`, in place where the file allows it.
  ///
  /// - Throws: When a page was lost, or the file was written to, up to the end of `body`: of what
  ///   was read nothing is trusted then. Samples lent in place may change under `body`, which is
  ///   then called although an error follows; converted ones are checked before.
  public func withBand<R>(
    rows band: Range<Int>, frames part: Range<Int>, scratch: BandScratch,
    _ body: (_ samples: Span<Float>, _ stride: Int) throws(BlitzError) -> R
  ) throws(BlitzError) -> R {
    precondition(0 <= band.lowerBound && band.upperBound <= shape.rows && !band.isEmpty)
    precondition(0 <= part.lowerBound && part.upperBound <= shape.frames && !part.isEmpty)
    let rows = rows.lowerBound + band.lowerBound..<rows.lowerBound + band.upperBound
    let first = layout.span(rows: rows, frame: frames[part.lowerBound])
    let last = layout.span(rows: rows, frame: frames[part.upperBound - 1])
    let bytes = first.lowerBound..<last.upperBound
    defer { passage.passed(bytes) }
    try checks?.verify(bytes)
    if isInPlace {
      let result = try file.withFloats(bytes) { (samples) throws(BlitzError) in
        try body(samples, frames.step * layout.frameStride / 4)
      }
      try file.verify(bytes)
      return result
    }
    let size = band.count * shape.rowSize
    return try scratch.withSamples(part.count * size) { (samples) throws(BlitzError) in
      for frame in part {
        let start = (frame - part.lowerBound) * size
        var target = samples._mutatingExtracting(start..<start + size)
        convert(rows, of: frames[frame], into: &target)
      }
      try file.verify(bytes)
      return try body(samples.span, size)
    }
  }

  private var isWholeRow: Bool { columns.count == layout.shape.columns }

  private var isInPlace: Bool {
    layout.isFloatInPlace && isWholeRow && shape.channels == layout.shape.channels
  }

  private static func clip(_ part: (start: Int, count: Int)?, to extent: Int) -> Range<Int> {
    guard let part, part.start < extent else { return part == nil ? 0..<extent : 0..<0 }
    return part.start..<part.start + min(part.count, extent - part.start)
  }
}

extension MappedStack {
  /// Brings rows of one source frame to samples.
  private func convert(_ rows: Range<Int>, of frame: Int, into target: inout MutableSpan<Float>) {
    if layout.hasPackedFrames && isWholeRow && shape.channels == layout.shape.channels {
      return file.withBytes(layout.span(rows: rows, frame: frame)) { data in
        SampleConversion.convert(
          data, type: layout.type, isSwapped: layout.isSwapped, into: &target)
      }
    }
    // One row at a time through its stored form; only the odd layouts pay for this.
    let count = columns.count * layout.shape.channels
    var stored = [UInt8](repeating: 0, count: count * layout.type.byteCount)
    var pixels = [Float](repeating: 0, count: count)
    for row in rows {
      var bytes = stored.mutableSpan
      file.withBytes(0..<file.byteCount) { data in
        layout.copyRow(row, columns: columns, frame: frame, from: data, into: &bytes)
      }
      var samples = pixels.mutableSpan
      SampleConversion.convert(
        bytes.span, type: layout.type, isSwapped: layout.isSwapped, into: &samples)
      let start = (row - rows.lowerBound) * shape.rowSize
      var part = target._mutatingExtracting(start..<start + shape.rowSize)
      reduce(samples.span, into: &part)
    }
  }

  /// Drops alpha, or makes colour gray.
  private func reduce(_ pixels: Span<Float>, into row: inout MutableSpan<Float>) {
    let stored = layout.shape.channels
    guard shape.channels > 1 else { return Luminance.gray(pixels, channels: stored, into: &row) }
    for pixel in 0..<columns.count {
      for channel in 0..<shape.channels {
        row[pixel * shape.channels + channel] = pixels[pixel * stored + channel]
      }
    }
  }
}
