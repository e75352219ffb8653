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
    let isWhole = try frame.withMutableBytes { (target) throws(BlitzError) in
      guard !layout.hasPackedFrames else { return try read(bytes, into: &target) }
      gather(layout, frame: index, into: &target)
      return !hasLost(bytes)
    }
    guard isWhole else { return .damaged }
    try verify(bytes)
    return .complete
  }

  private func gather(_ layout: SampleLayout, frame: Int, into target: inout MutableSpan<UInt8>) {
    let shape = layout.shape
    let rowBytes = shape.rowSize * layout.type.byteCount
    withBytes(0..<byteCount) { data in
      for row in 0..<shape.rows {
        var part = target._mutatingExtracting(row * rowBytes..<(row + 1) * rowBytes)
        layout.copyRow(row, columns: 0..<shape.columns, frame: frame, from: data, into: &part)
      }
    }
  }
}
