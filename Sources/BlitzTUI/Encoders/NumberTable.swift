/// Numbers keys from 0 on in the order in which they come: a hash table that keeps its memory.
///
/// Swift's dictionary takes two to three times as long (83 against 28 to 46 us for 7,680 cells of gray noise),
/// which every cell of every frame would pay for.
struct NumberTable {
  private var slots = [Int32](repeating: -1, count: 256)
  private var keys: [UInt64] = []

  /// Makes room for `count` keys.
  mutating func reserve(_ count: Int) {
    keys.reserveCapacity(count)
    slots.reserveCapacity(4 * count)
  }

  /// Forgets all keys.
  mutating func removeAll() {
    resize(to: slots.count / 4 > max(keys.count, 64) ? slots.count / 2 : slots.count)
    keys.removeAll(keepingCapacity: true)
  }

  /// The number of a key, and whether it is a new one.
  ///
  /// - Complexity: O(1) on average; linear probing in a table at most half full.
  @inline(__always)
  mutating func number(of key: UInt64) -> (number: Int32, isNew: Bool) {
    var slot = place(of: key)
    while slots[slot] >= 0 {
      if keys[Int(slots[slot])] == key { return (slots[slot], false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (insert(key, at: slot), true)
  }

  /// Fibonacci hashing: the multiplier is 2^64 over the golden ratio (Knuth, volume 3, 6.4).
  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let hash = (key &* 0x9E37_79B9_7F4A_7C15) >> 32
    return Int(truncatingIfNeeded: hash) & (slots.count - 1)
  }

  private mutating func insert(_ key: UInt64, at slot: Int) -> Int32 {
    let number = Int32(truncatingIfNeeded: keys.count)
    keys.append(key)
    slots[slot] = number
    if 2 * keys.count > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    resize(to: 2 * slots.count)
    for (number, key) in keys.enumerated() {
      var slot = place(of: key)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }

  private mutating func resize(to size: Int) {
    if size < slots.count { slots.removeLast(slots.count - size) }
    for i in slots.indices { slots[i] = -1 }
    for _ in slots.count..<size { slots.append(-1) }
  }
}
