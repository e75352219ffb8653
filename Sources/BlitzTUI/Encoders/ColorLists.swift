/// Groups of cells that need the same two colours, listed under either colour, until they are taken.
struct ColorLists {
  private static let none = CellGroups.none

  private struct Group {
    /// Numbers of its two colours, the lower first.
    let colors: (Int32, Int32)
    let first: Int32
    /// The group behind this one in the list of either colour.
    var next = (ColorLists.none, ColorLists.none)
    var isTaken = false
  }

  private struct List {
    /// The first and last group that needs a colour, and the one of cells that need no other.
    var first = ColorLists.none
    var last = ColorLists.none
    var even = ColorLists.none
  }

  private var groups: [Group] = []
  private var lists: [List] = []
  private var numbers = NumberTable()
  private var firstLeft = 0

  /// Forgets all groups.
  mutating func removeAll() {
    groups.removeAll(keepingCapacity: true)
    lists.removeAll(keepingCapacity: true)
    numbers.removeAll()
    firstLeft = 0
  }

  /// Makes room for so many groups.
  mutating func reserve(_ count: Int) {
    groups.reserveCapacity(count)
    lists.reserveCapacity(2 * count)
    numbers.reserve(2 * count)
  }

  /// Adds a group behind all others; groups are numbered from 0 on.
  mutating func add(_ low: UInt32, _ high: UInt32, first: Int32) {
    let group = Int32(truncatingIfNeeded: groups.count)
    let pair = (number(of: low), number(of: high))
    groups.append(Group(colors: pair, first: first))
    append(group, under: pair.0)
    if pair.0 == pair.1 {
      lists[Int(pair.0)].even = group
    } else {
      append(group, under: pair.1)
    }
  }

  private mutating func number(of color: UInt32) -> Int32 {
    let (number, isNew) = numbers.number(of: UInt64(color))
    if isNew { lists.append(List()) }
    return number
  }

  private mutating func append(_ group: Int32, under color: Int32) {
    let last = Int(lists[Int(color)].last)
    lists[Int(color)].last = group
    if last < 0 {
      lists[Int(color)].first = group
    } else if groups[last].colors.0 == color {
      groups[last].next.0 = group
    } else {
      groups[last].next.1 = group
    }
  }

  /// The two colours of a group, the lower first, as numbers from 0 on.
  func colors(of group: Int32) -> (Int32, Int32) { groups[Int(group)].colors }

  /// Takes a group out; returns its first cell.
  mutating func take(_ group: Int32) -> Int32 {
    groups[Int(group)].isTaken = true
    return groups[Int(group)].first
  }

  /// The first group left that needs a colour; nil for no colour.
  mutating func first(needing color: Int32) -> Int32? {
    guard color >= 0 else { return nil }
    var group = lists[Int(color)].first
    while group >= 0, groups[Int(group)].isTaken {
      let next = groups[Int(group)].next
      group = groups[Int(group)].colors.0 == color ? next.0 : next.1
    }
    lists[Int(color)].first = group
    return group < 0 ? nil : group
  }

  /// The group of cells that need one colour only, if it is left; nil for no colour.
  func even(of color: Int32) -> Int32? {
    guard color >= 0 else { return nil }
    let group = lists[Int(color)].even
    return group < 0 || groups[Int(group)].isTaken ? nil : group
  }

  /// The group left whose first cell stands foremost.
  mutating func foremost() -> Int32? {
    while firstLeft < groups.count, groups[firstLeft].isTaken { firstLeft += 1 }
    return firstLeft < groups.count ? Int32(truncatingIfNeeded: firstLeft) : nil
  }
}
