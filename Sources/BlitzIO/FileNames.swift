/// Many names in one piece of memory; a million of them cost two allocations.
struct FileNames: RandomAccessCollection, Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var startIndex: Int { 0 }
  var endIndex: Int { ends.count }

  subscript(position: Int) -> ArraySlice<UInt8> {
    bytes[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
  }

  mutating func append(_ name: some Sequence<UInt8>) {
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
  }

  /// The names at the given positions, in that order.
  func picking(_ positions: some Sequence<Int>) -> FileNames {
    var picked = FileNames()
    for position in positions { picked.append(self[position]) }
    return picked
  }

  /// Positions in natural order. O(n log n) comparisons of mostly one machine word each.
  func naturalOrder() -> [Int] {
    var keys = FileNames()
    var key: [UInt8] = []
    for name in self {
      key.removeAll(keepingCapacity: true)
      NaturalOrder.appendKey(of: name, to: &key)
      keys.append(key)
    }
    let shared = keys.sharedPrefix
    let marks = indices.map { (mark: keys[$0].dropFirst(shared).bigEndianWord, position: $0) }
    return marks.sorted { a, b in
      if a.mark != b.mark { return a.mark < b.mark }
      let (first, second) = (keys[a.position], keys[b.position])
      if first.elementsEqual(second) {
        return self[a.position].lexicographicallyPrecedes(self[b.position])
      }
      return first.lexicographicallyPrecedes(second)
    }.map(\.position)
  }

  /// How many leading bytes all names have in common.
  private var sharedPrefix: Int {
    guard let first else { return 0 }
    return reduce(first.count) { shared, name in
      Swift.zip(first.prefix(shared), name).prefix { $0 == $1 }.count
    }
  }
}

extension ArraySlice<UInt8> {
  /// The first eight bytes as a number that orders like them; missing ones count as 0.
  fileprivate var bigEndianWord: UInt64 {
    var word: UInt64 = 0
    for offset in 0..<8 {
      word = word << 8 | (offset < count ? UInt64(self[startIndex + offset]) : 0)
    }
    return word
  }
}
