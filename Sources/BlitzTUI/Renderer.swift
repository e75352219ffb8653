/// Sends the cells of one patch of pixels that differ from what the terminal shows.
///
/// What it believes the terminal shows changes only by bytes that it has put into the output, so
/// any frame may be left out and any frame may be cut short without harm.
struct Renderer {
  /// How colours are spelt. What was drawn in another spelling differs from what is wanted.
  var depth: ColorDepth = .rgb

  /// True when the last frame was wanted exactly, by its rung or by chance.
  var isExact: Bool { wanted.isExact }

  private(set) var area = CellArea.empty
  private var screenRows = 0
  private var screenColumns = 0
  private var shown: [UInt64] = []
  private var wanted = WantedCells()
  private var groups = CellGroups()

  init() {}

  /// Forgets what the terminal shows: all of the image is sent again.
  mutating func invalidate() {
    for i in shown.indices { shown[i] = ImageCell.unknown.word }
  }

  /// Forgets what the terminal shows in a part of the screen.
  mutating func invalidate(_ part: CellArea) {
    for row in part.row..<part.row + part.rows {
      for column in part.column..<part.column + part.columns
      where area.contains(row: row, column: column) {
        shown[(row - area.row) * area.columns + column - area.column] = ImageCell.unknown.word
      }
    }
  }

  /// Appends what makes the terminal show a grid's patch; nothing when it already does.
  ///
  /// - Parameters:
  ///   - patch: The same one of the grid's with every call.
  ///   - grid: Its text covers the patch; covered cells are left alone.
  ///   - rung: How exactly.
  ///   - limit: Stops early once so many bytes were appended; a later call goes on from there.
  /// - Returns: True when the terminal will show all of it.
  /// - Complexity: O(cells); allocates only when the image's area changes or output outgrows the buffer.
  mutating func encode(
    _ patch: borrowing ImagePatch, of grid: borrowing CellGrid, rung: Rung, limit: Int = .max,
    into out: inout OutputBuffer
  ) -> Bool {
    place(patch, grid)
    guard !area.isEmpty, depth != .ascii else { return true }
    wanted.compute(patch, of: grid, area: area, rung: rung, depth: depth)
    let isComplete = send(limit: limit, into: &out)
    wanted.noteSent(shown: isComplete ? nil : shown)
    return isComplete
  }

  /// True when the terminal shows a grid's patch exactly but for a few cells.
  mutating func nearlyShows(_ patch: borrowing ImagePatch, of grid: borrowing CellGrid) -> Bool {
    place(patch, grid)
    guard !area.isEmpty, depth != .ascii else { return true }
    wanted.compute(patch, of: grid, area: area, rung: .exact, depth: depth)
    let want = wanted.cells.span
    let have = shown.span
    var differences = 0
    for i in have.indices where want[i] != have[i] { differences += 1 }
    return differences <= max(32, shown.count / 64)
  }

  private mutating func place(_ patch: borrowing ImagePatch, _ grid: borrowing CellGrid) {
    let target = patch.area.clipped(rows: grid.rows, columns: grid.columns)
    guard
      target != area || grid.rows != screenRows || grid.columns != screenColumns
        || shown.count != target.rows * target.columns
    else { return }
    area = target
    (screenRows, screenColumns) = (grid.rows, grid.columns)
    shown.removeAll(keepingCapacity: true)
    shown.append(
      contentsOf: repeatElement(ImageCell.unknown.word, count: area.rows * area.columns))
  }

  private mutating func send(limit: Int, into out: inout OutputBuffer) -> Bool {
    guard let start = firstDifference() else { return true }
    let before = out.count
    out.append(Escape.saveCursor)
    // What ncurses has set before a resize or a pause may be of another size.
    out.append(Escape.resetRegion)
    out.append(Escape.resetStyle)
    let prefix = out.count
    out.reserve(min(limit, shown.count * CellEncoder.maximumBytes) + 256)
    // Sixteen colours are spelt in fewer bytes than a move.
    let isGrouped = depth == .rgb || depth == .palette256
    if isGrouped { groups.gather(wanted.cells, over: &shown, from: start) }
    var isComplete = true
    out.fill { raw, from in
      var burst = ImageBurst(
        area: area, screenRows: screenRows, screenColumns: screenColumns, depth: depth, at: from)
      let end = limit == .max ? Int.max : from + limit
      if isGrouped {
        isComplete = burst.draw(&groups, of: wanted.cells, over: &shown, limit: end, to: &raw)
      } else {
        isComplete = burst.drawRows(
          of: wanted.cells, over: &shown, from: start, limit: end, to: &raw)
      }
      return burst.position
    }
    if out.count == prefix {
      out.truncate(to: before)
    } else {
      out.append(Escape.resetStyle)
      out.append(Escape.restoreCursor)
    }
    return isComplete
  }

  private func firstDifference() -> Int? {
    let want = wanted.cells.span
    let have = shown.span
    for i in have.indices where want[i] != have[i] { return i }
    return nil
  }
}

extension CellArea {
  /// The part inside a screen of `rows` by `columns`.
  func clipped(rows screenRows: Int, columns screenColumns: Int) -> CellArea {
    let top = min(max(row, 0), screenRows)
    let left = min(max(column, 0), screenColumns)
    return CellArea(
      row: top, column: left, rows: min(row + rows, screenRows) - top,
      columns: min(column + columns, screenColumns) - left)
  }
}
