import BlitzCore
import BlitzModel

/// Positions of a stack along a row of cells; the first and the last have the outermost cells.
struct TimelineAxis {
  /// The positions shown; never empty.
  let positions: Range<Int>
  /// Cells, at least 1.
  let columns: Int

  /// The columns that the range takes, as far as it is shown.
  struct RangeColumns: Equatable {
    let first, last: Int
    /// True where the end itself is shown.
    let hasStart, hasEnd: Bool
  }

  init(_ positions: Range<Int>, columns: Int) {
    (self.positions, self.columns) = (positions, max(columns, 1))
  }

  /// The column of a position; nil when it is not shown.
  func column(of position: Int) -> Int? {
    guard positions.contains(position) else { return nil }
    guard positions.count > 1 else { return 0 }
    return (position - positions.lowerBound) * (columns - 1) / (positions.count - 1)
  }

  /// The first position in a column, or before it where positions are sparse; columns outside give
  /// the ends.
  func position(at column: Int) -> Int {
    guard columns > 1 else { return positions.lowerBound }
    let inside = min(max(column, 0), columns - 1) * (positions.count - 1)
    if positions.count <= columns { return positions.lowerBound + inside / (columns - 1) }
    return positions.lowerBound + (inside + columns - 2) / (columns - 1)
  }

  /// Where the range is drawn; nil when there is none, or none of it is shown.
  func columns(of state: ViewerState) -> RangeColumns? {
    guard state.range != nil else { return nil }
    let range = state.projectedPositions
    let shown = (range.start..<range.end).clamped(to: positions)
    guard !shown.isEmpty, let first = column(of: shown.lowerBound),
      let last = column(of: shown.upperBound - 1)
    else { return nil }
    return RangeColumns(
      first: first, last: last, hasStart: shown.lowerBound == range.start,
      hasEnd: shown.upperBound == range.end)
  }

  /// What is drawn in a column, as the mouse takes hold of it.
  func part(at column: Int, of state: ViewerState) -> PointerEvent.TimelinePart {
    if column == self.column(of: state.playback.position) { return .playhead }
    guard let range = columns(of: state), range.first...range.last ~= column else { return .free }
    if column == range.last, range.hasEnd { return .rangeEnd }
    if column == range.first, range.hasStart { return .rangeStart }
    return .range
  }
}
