/// Image cells that are to be drawn, gathered by the two colours that they need.
///
/// Spelling two colours takes up to 37 bytes and moving the cursor at most 12, so that it pays to draw all
/// cells of one pair of colours wherever they stand, then a pair that shares a colour with it. Groups,
/// and the cells of a group, keep the order from the top left on, in which moves are shortest and which an
/// image of colours that never recur falls back to.
struct CellGroups {
  /// No cell, group or colour.
  static let none: Int32 = -1

  /// The cell behind each one in its group, and each one's group; of use for gathered cells only.
  private(set) var nextCell: [Int32] = []
  private(set) var groupOfCell: [Int32] = []
  /// The groups that remain to be drawn.
  var remaining = ColorLists()
  private var lastOfGroup: [Int32] = []
  private var pairs = NumberTable()

  /// Gathers the cells that differ, and notes of covered ones that they are.
  ///
  /// - Parameter start: No cell before it differs.
  /// - Complexity: O(cells); allocates only for more of them than ever before.
  mutating func gather(_ wanted: [UInt64], over shown: inout [UInt64], from start: Int) {
    begin(cells: wanted.count)
    Self.chain(
      wanted, over: &shown, from: start, &nextCell, &groupOfCell, &lastOfGroup, &pairs, &remaining)
  }

  private static func chain(
    _ wanted: [UInt64], over shown: inout [UInt64], from start: Int, _ nextCell: inout [Int32],
    _ groupOfCell: inout [Int32], _ lastOfGroup: inout [Int32], _ pairs: inout NumberTable,
    _ remaining: inout ColorLists
  ) {
    let want = wanted.span
    var have = shown.mutableSpan
    var next = nextCell.mutableSpan
    var groups = groupOfCell.mutableSpan
    var last = lastOfGroup.mutableSpan
    var pair = UInt64.max
    var group = Self.none
    for i in start..<want.count where want[i] != have[i] {
      guard want[i] != WantedCells.covered else {
        have[i] = WantedCells.covered
        continue
      }
      let cell = ImageCell(want[i])
      let (low, high) = (min(cell.first, cell.second), max(cell.first, cell.second))
      let needed = UInt64(low) << 24 | UInt64(high)
      let index = Int32(truncatingIfNeeded: i)
      var isNew = false
      if needed != pair {
        pair = needed
        (group, isNew) = pairs.number(of: pair)
      }
      if isNew {
        remaining.add(low, high, first: index)
      } else {
        next[Int(last[Int(group)])] = index
      }
      last[Int(group)] = index
      next[i] = Self.none
      groups[i] = group
    }
  }

  private mutating func begin(cells: Int) {
    pairs.removeAll()
    remaining.removeAll()
    guard nextCell.count < cells else { return }
    nextCell = Array(repeating: Self.none, count: cells)
    groupOfCell = nextCell
    lastOfGroup = nextCell
    pairs.reserve(cells)
    remaining.reserve(cells)
  }
}
