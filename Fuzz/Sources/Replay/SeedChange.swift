import BlitzTestSupport

/// Changes an input as a fuzzer would that learns nothing; the same number gives the same change.
struct SeedChange {
  private var random: SeededRandom

  /// Values at which arithmetic and comparisons change their minds.
  private static let edges: [UInt8] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF]
  /// What means something to most grammars.
  private static let signs = Array(",:.-+@%=\"'()[]<>; \n\t\u{1b}0123456789einfax".utf8)

  init(_ number: Int) { random = SeededRandom(seed: UInt64(number)) }

  /// A copy with one to four changes, at most `longest` bytes of it.
  mutating func applied(to seed: [UInt8], longest: Int) -> [UInt8] {
    var bytes = Array(seed.prefix(longest))
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes) }
    return Array(bytes.prefix(longest))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(place + Int.random(in: 1...16, using: &random), bytes.count)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 2: bytes.insert(Self.signs.randomElement(using: &random) ?? 0, at: place)
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 4: for i in place..<end { bytes[i] = Self.edges[(i - place) % Self.edges.count] }
    case 5: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
    case 6: if place < bytes.count { bytes[place] = Self.signs.randomElement(using: &random) ?? 0 }
    default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    }
  }
}
