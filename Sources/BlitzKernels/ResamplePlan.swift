/// Which source pixels make up each target pixel of a scaled region, along both edges.
struct ResamplePlan: Sendable {
  let sourceSize, sourceRow, channels: Int
  let vertical, horizontal: ResampleAxis

  /// Nil unless all extents are positive; `region` nil means the whole frame.
  init?(
    sourceRows: Int, sourceColumns: Int, channels: Int, region: ResampleRegion?,
    rows: Int, columns: Int
  ) {
    guard sourceRows > 0, sourceColumns > 0, channels > 0, rows > 0, columns > 0 else { return nil }
    let region = region ?? ResampleRegion(rows: sourceRows, columns: sourceColumns)
    self.channels = channels
    sourceRow = sourceColumns * channels
    sourceSize = sourceRows * sourceRow
    vertical = ResampleAxis(
      source: sourceRows, start: region.y, extent: region.height, target: rows)
    horizontal = ResampleAxis(
      source: sourceColumns, start: region.x, extent: region.width, target: columns)
  }

  /// Samples of the target: rows x columns x channels.
  var targetCount: Int { vertical.covers.count * horizontal.covers.count * channels }

  /// The samples of a source row that some target takes.
  var used: Range<Int> {
    horizontal.used.lowerBound * channels..<horizontal.used.upperBound * channels
  }
}
