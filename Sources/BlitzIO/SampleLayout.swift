import BlitzCore

/// Where the samples of an uncompressed stack lie in its file: one stride in bytes for each axis.
struct SampleLayout: Equatable, Sendable {
  /// Extents as stored.
  let shape: StackShape
  /// Type of a sample.
  let type: SampleType
  /// True when a sample's bytes stand in the other order than this machine's.
  let isSwapped: Bool
  /// Where the first sample begins.
  let offset: Int
  /// Bytes from one frame, row, column and channel to the next; all positive.
  let frameStride, rowStride, columnStride, channelStride: Int

  /// Samples in C order: channels vary fastest, then columns, rows and frames.
  ///
  /// - Parameter frameStride: Bytes from frame to frame where there are gaps between them.
  init(
    shape: StackShape, type: SampleType, isSwapped: Bool, offset: Int, frameStride: Int? = nil
  ) {
    (self.shape, self.type, self.isSwapped, self.offset) = (shape, type, isSwapped, offset)
    channelStride = type.byteCount
    columnStride = channelStride * shape.channels
    rowStride = columnStride * shape.columns
    self.frameStride = frameStride ?? rowStride * shape.rows
  }

  /// Samples in Fortran order: frames vary fastest, then rows, columns and channels.
  init(fortranOrdered shape: StackShape, type: SampleType, isSwapped: Bool, offset: Int) {
    (self.shape, self.type, self.isSwapped, self.offset) = (shape, type, isSwapped, offset)
    frameStride = type.byteCount
    rowStride = frameStride * shape.frames
    columnStride = rowStride * shape.rows
    channelStride = columnStride * shape.columns
  }

  /// Samples in rows of one channel, planes of rows, and frames of planes.
  init(planar shape: StackShape, type: SampleType, isSwapped: Bool, offset: Int) {
    (self.shape, self.type, self.isSwapped, self.offset) = (shape, type, isSwapped, offset)
    columnStride = type.byteCount
    rowStride = columnStride * shape.columns
    channelStride = rowStride * shape.rows
    frameStride = channelStride * shape.channels
  }

  /// Another layout's frames, at other distances.
  init(_ frame: SampleLayout, shape: StackShape, frameStride: Int) {
    (self.shape, type, isSwapped, offset) = (shape, frame.type, frame.isSwapped, frame.offset)
    (rowStride, columnStride) = (frame.rowStride, frame.columnStride)
    (channelStride, self.frameStride) = (frame.channelStride, frameStride)
  }

  /// Bytes from the start of the file to the end of the last sample.
  var end: Int { span(rows: 0..<shape.rows, frame: shape.frames - 1).upperBound }

  /// True when the samples of a row follow each other without gaps, channels innermost.
  var hasPackedRows: Bool {
    channelStride == type.byteCount && columnStride == channelStride * shape.channels
  }

  /// True when, besides, rows follow each other without gaps.
  var hasPackedFrames: Bool { hasPackedRows && rowStride == columnStride * shape.columns }

  /// True when a band can be read as Float32 where it lies.
  var isFloatInPlace: Bool {
    type == .f32 && !isSwapped && hasPackedFrames && offset.isMultiple(of: 4)
      && frameStride.isMultiple(of: 4)
  }

  /// The bytes between the first and the last sample of some rows of a frame, both included.
  ///
  /// Products fit: a layout is only made for data that lies within a file.
  func span(rows: Range<Int>, frame: Int) -> Range<Int> {
    let first = offset + frame * frameStride + rows.lowerBound * rowStride
    let last =
      first + (rows.count - 1) * rowStride + (shape.columns - 1) * columnStride
      + (shape.channels - 1) * channelStride
    return first..<last + type.byteCount
  }

  /// Copies a row's samples, channels innermost and without gaps, in their stored type.
  ///
  /// - Parameters:
  ///   - data: The file from byte 0.
  ///   - columns: Part of the row.
  ///   - target: `columns.count * channels * type.byteCount` bytes.
  func copyRow(
    _ row: Int, columns: Range<Int>, frame: Int, from data: Span<UInt8>,
    into target: inout MutableSpan<UInt8>
  ) {
    let size = type.byteCount
    let start = offset + frame * frameStride + row * rowStride
    var written = 0
    for column in columns {
      for channel in 0..<shape.channels {
        let source = start + column * columnStride + channel * channelStride
        for byte in 0..<size { target[written + byte] = data[source + byte] }
        written += size
      }
    }
  }
}
