extension Array {
  /// Makes it `count` equal elements; within the memory it has when it has as many already.
  mutating func refill(_ count: Int, with element: Element) {
    guard self.count == count else {
      self = Array(repeating: element, count: count)
      return
    }
    for i in indices { self[i] = element }
  }
}
