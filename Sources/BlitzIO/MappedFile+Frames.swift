import BlitzCore

extension MappedFile {
  /// Copies one frame of a layout, channels innermost, in its stored type and byte order.
  ///
  /// - Returns: `damaged` when a page of the frame could not be read.
  /// - Throws: When the file was written to since it was opened.
  func copyFrame(
    _ index: Int, of layout: SampleLayout, into frame: DecodedFrame
  ) throws(BlitzError) -> FrameCondition {
    let shape = layout.shape
    precondition(0..<shape.frames ~= index, "frame outside the stack")
    frame.prepare(
      rows: shape.rows, columns: shape.columns, channels: shape.channels, type: layout.type,
      isSwapped: layout.isSwapped)
    let bytes = layout.span(rows: 0..<shape.rows, frame: index)
    frame.withMutableBytes { target in copy(layout, frame: index, into: &target) }
    if hasLost(bytes) { return .damaged }
    try verify(bytes)
    return .complete
  }

  private func copy(_ layout: SampleLayout, frame: Int, into target: inout MutableSpan<UInt8>) {
    let shape = layout.shape
    if layout.hasPackedFrames {
      return withBytes(layout.span(rows: 0..<shape.rows, frame: frame)) { data in
        for i in 0..<min(data.count, target.count) { target[i] = data[i] }
      }
    }
    let rowBytes = shape.rowSize * layout.type.byteCount
    withBytes(0..<byteCount) { data in
      for row in 0..<shape.rows {
        var part = target._mutatingExtracting(row * rowBytes..<(row + 1) * rowBytes)
        layout.copyRow(row, columns: 0..<shape.columns, frame: frame, from: data, into: &part)
      }
    }
  }
}
