/// A 64-bit checksum of bytes, against accidents and not against enemies.
///
/// Every step maps the state one-to-one, so a change within any 8 bytes always changes the sum.
/// The multiplier is that of SplitMix64's first round.
struct Checksum: Equatable, Sendable {
  /// The sum so far.
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Takes eight bytes in.
  mutating func add(_ word: UInt64) {
    value = (value ^ word) &* 0xBF58_476D_1CE4_E5B9
    value ^= value >> 29
  }

  /// Takes bytes in, and then their count.
  mutating func add(_ bytes: Span<UInt8>) {
    let raw = unsafe bytes.bytes
    let words = bytes.count / 8
    for word in 0..<words {
      // Inside `bytes`, which lasts for the call.
      add(unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: word &* 8, as: UInt64.self))
    }
    var rest: UInt64 = 0
    for i in words * 8..<bytes.count { rest = rest << 8 | UInt64(bytes[i]) }
    add(rest)
    add(UInt64(bytes.count))
  }
}
