import BlitzCore

/// How the pixels of a source frame map to those of a loaded one: crop, then size.
struct FrameGeometry: Equatable, Sendable {
  /// Extents of the source frame.
  let rows, columns: Int
  /// The part kept, inside the source frame; empty when the crop lies outside.
  let cropRows, cropColumns: Range<Int>
  /// Extents as loaded: the part kept times the size, rounded down, at least 1.
  let loadedRows, loadedColumns: Int

  init(rows: Int, columns: Int, options: LoadOptions) {
    (self.rows, self.columns) = (rows, columns)
    let crop = options.crop
    cropRows = Self.clip(crop?.y ?? 0, crop?.height ?? rows, to: rows)
    cropColumns = Self.clip(crop?.x ?? 0, crop?.width ?? columns, to: columns)
    loadedRows = Self.scaled(cropRows.count, options.size)
    loadedColumns = Self.scaled(cropColumns.count, options.size)
  }

  var isResized: Bool { loadedRows != cropRows.count || loadedColumns != cropColumns.count }

  /// The largest of 8, 4, 2, 1 by which a decoder may shrink the source so that crop and size still
  /// fall on whole pixels and nothing is enlarged afterwards.
  var codecReduction: Int {
    let edges = [
      rows, columns, cropRows.lowerBound, cropRows.upperBound, cropColumns.lowerBound,
      cropColumns.upperBound,
    ]
    return [8, 4, 2].first { reduction in
      edges.allSatisfy { $0.isMultiple(of: reduction) }
        && cropRows.count / reduction >= loadedRows
        && cropColumns.count / reduction >= loadedColumns
    } ?? 1
  }

  /// `length` pixels from `start`, as far as they lie within `extent`.
  private static func clip(_ start: Int, _ length: Int, to extent: Int) -> Range<Int> {
    let first = min(start, extent)
    return first..<first + min(length, extent - first)
  }

  private static func scaled(_ extent: Int, _ size: Double) -> Int {
    min(extent, max(1, Int(Double(extent) * size)))
  }
}
