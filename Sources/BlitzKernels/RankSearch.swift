/// Finds samples by their rank in order, by counting the upper and then the lower half of their bits.
///
/// The order of floating-point numbers is the order of their bits once negative ones are turned
/// around, so two tables of 65536 counts find any rank exactly: no sorting, no copy of the samples.
/// Counts of several searches may be merged between the steps, for work split over threads.
struct RankSearch {
  private let finiteOnly: Bool
  private var upper = [Int](repeating: 0, count: 1 << 16)
  /// Which table of `lower` an upper half has, counted from 1; 0 for halves that hold no wanted rank.
  private var slots = [UInt8](repeating: 0, count: 1 << 16)
  private var lower: [Int] = []

  /// Samples counted; those left out are not.
  private(set) var population = 0

  init(finiteOnly: Bool) { self.finiteOnly = finiteOnly }

  /// Forgets everything but the memory.
  mutating func clear() {
    for i in upper.indices { upper[i] = 0 }
    for i in slots.indices { slots[i] = 0 }
    lower.removeAll(keepingCapacity: true)
    population = 0
  }

  /// First pass: every sample, in any order and number of calls.
  mutating func countUpper(_ samples: Span<Float>) {
    for i in samples.indices where takesPart(samples[i]) {
      upper[Int(Self.key(samples[i]) >> 16)] += 1
      population += 1
    }
  }

  /// Adds the first pass of another search.
  mutating func mergeUpper(_ other: RankSearch) {
    for i in upper.indices { upper[i] += other.upper[i] }
    population += other.population
  }

  /// Between the passes: says which ranks are wanted, each in `0..<population`; at most 254 of them.
  mutating func want(_ ranks: [Int]) {
    var slot: UInt8 = 0
    for rank in ranks {
      let half = upperHalf(ofRank: rank).half
      if slots[half] == 0 {
        slot += 1
        slots[half] = slot
      }
    }
    lower += repeatElement(0, count: Int(slot) << 16)
  }

  /// Takes over the wanted ranks of a search with the same first pass.
  mutating func want(asIn other: RankSearch) {
    slots = other.slots
    lower = [Int](repeating: 0, count: other.lower.count)
  }

  /// Second pass: the same samples again.
  mutating func countLower(_ samples: Span<Float>) {
    for i in samples.indices where takesPart(samples[i]) {
      let key = Self.key(samples[i])
      let slot = Int(slots[Int(key >> 16)])
      if slot != 0 { lower[(slot - 1) << 16 | Int(key & 0xffff)] += 1 }
    }
  }

  /// Adds the second pass of another search.
  mutating func mergeLower(_ other: RankSearch) {
    for i in lower.indices { lower[i] += other.lower[i] }
  }

  /// After both passes: the sample of a rank that was wanted.
  func sample(ofRank rank: Int) -> Float {
    let found = upperHalf(ofRank: rank)
    let start = (Int(slots[found.half]) - 1) << 16
    var left = rank - found.before
    var half = 0
    while left >= lower[start + half] {
      left -= lower[start + half]
      half += 1
    }
    return Self.sample(key: UInt32(found.half) << 16 | UInt32(half))
  }

  private func upperHalf(ofRank rank: Int) -> (half: Int, before: Int) {
    var (half, before) = (0, 0)
    while before + upper[half] <= rank {
      before += upper[half]
      half += 1
    }
    return (half, before)
  }

  @inline(__always)
  private func takesPart(_ sample: Float) -> Bool {
    finiteOnly ? sample - sample == 0 : sample == sample
  }

  /// Bits whose order as an unsigned number is the order of the samples.
  @inline(__always)
  private static func key(_ sample: Float) -> UInt32 {
    let bits = sample.bitPattern
    return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) >> 31) | 0x8000_0000)
  }

  private static func sample(key: UInt32) -> Float {
    Float(bitPattern: key & 0x8000_0000 != 0 ? key ^ 0x8000_0000 : ~key)
  }
}
