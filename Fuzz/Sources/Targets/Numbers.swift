/// Takes numbers off the front of an input, so that arithmetic can be fuzzed as parsers are.
struct Numbers {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// A byte; 0 when the input is used up.
  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// A number that is likely to lie at an edge: a power of two, more or less one, or anything.
  mutating func edge() -> Int {
    let (kind, shift) = (byte(), Int(byte()) % 63)
    switch kind % 5 {
    case 0: return 1 << shift
    case 1: return (1 << shift) - 1
    case 2: return -(1 << shift)
    case 3: return Int(byte())
    default: return (0..<8).reduce(0) { number, _ in number << 8 | Int(byte()) }
    }
  }

  /// A number of a range.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    let (offset, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    guard !overflow, offset < .max else { return edge() }
    return range.lowerBound + Int(edge().magnitude % UInt(offset + 1))
  }
}
