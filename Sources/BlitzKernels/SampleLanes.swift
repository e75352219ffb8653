import CVectorShims

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

  /// Has samples fetched from memory that will be read soon; nothing where they are not all there.
  @inline(__always)
  func prefetch(_ samples: Range<Int>) {
    guard samples.lowerBound >= 0, samples.upperBound <= count else { return }
    // All of it lies inside the span, and nothing is read.
    unsafe withUnsafeBytes {
      guard let start = $0.baseAddress else { return }
      unsafe blz_prefetch(start + samples.lowerBound * 4, samples.count * 4)
    }
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

extension SIMD8<Float> {
  /// Whole numbers 0...65535, each less 2^15.
  @inline(__always)
  var narrowed: SIMD8<Int16> {
    // Adding 2^23 leaves a whole number in the low bits; both types are 32 bytes that may hold any bits.
    let bits = unsafe unsafeBitCast(self + 8_388_608, to: SIMD16<UInt16>.self)
    return unsafe unsafeBitCast(bits.evenHalf ^ 0x8000, to: SIMD8<Int16>.self)
  }
}
