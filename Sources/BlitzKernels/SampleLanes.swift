/// Four samples at a time, the width that every x86-64 and ARM processor has.
extension Span<Float> {
  /// Samples `4 * group ..< 4 * group + 4`, all of which must be there.
  @inline(__always)
  func lanes(_ group: Int) -> SIMD4<Float> {
    let start = group &* 4
    precondition(start >= 0 && start &+ 4 <= count)
    // All 16 bytes lie inside the span, and any bits are a Float.
    return unsafe bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: start &* 4, as: SIMD4<Float>.self)
  }

  /// The same, with 0 for what lies past the end.
  @inline(__always)
  func paddedLanes(_ group: Int) -> SIMD4<Float> {
    group &* 4 &+ 4 <= count ? lanes(group) : partialLanes(group)
  }

  @inline(never)
  private func partialLanes(_ group: Int) -> SIMD4<Float> {
    var lanes = SIMD4<Float>.zero
    for lane in 0..<4 where 4 * group + lane < count { lanes[lane] = self[4 * group + lane] }
    return lanes
  }
}

extension MutableSpan<Float> {
  /// Sets samples `4 * group ..< 4 * group + 4`, leaving out what lies past the end.
  @inline(__always)
  mutating func setLanes(_ group: Int, _ lanes: SIMD4<Float>) {
    let start = group &* 4
    guard start &+ 4 <= count else {
      for lane in 0..<4 where start + lane < count { self[start + lane] = lanes[lane] }
      return
    }
    precondition(start >= 0)
    var bytes = unsafe mutableBytes
    // All 16 bytes lie inside the span, and any bits are a Float.
    unsafe bytes.storeBytes(of: lanes, toUncheckedByteOffset: start &* 4, as: SIMD4<Float>.self)
  }
}

/// How many groups of four hold `count` samples, the last one perhaps not full.
func laneGroups(_ count: Int) -> Int { (count + 3) / 4 }
