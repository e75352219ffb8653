import BlitzTestSupport
import Testing

@testable import BlitzIO

@Suite struct CacheRecordTests {
  private let record = CacheRecord(
    key: "blitz 1\npath /a \"b\"\\n \u{e9}", source: "/a \"b\"", byteCount: 12, damaged: [0, 7],
    sums: [0, .max])

  @Test func readsWhatItWrites() {
    #expect(CacheRecord(json: Array(record.json.utf8)) == record)
    var empty = record
    (empty.damaged, empty.sums) = ([], [])
    #expect(CacheRecord(json: Array(empty.json.utf8)) == empty)
  }

  @Test func anyOtherTextIsRefused() {
    let text = Array(record.json.utf8)
    for count in text.indices { #expect(CacheRecord(json: Array(text[..<count])) == nil) }
    #expect(CacheRecord(json: text + [0x20]) == nil)
    #expect(CacheRecord(json: Array("{\"key\":\"\\".utf8)) == nil)
    #expect(CacheRecord(json: Array("{}\n".utf8)) == nil)
  }

  @Test func noFlippedBitIsOverlooked() {
    let text = Array(record.json.utf8)
    for i in text.indices {
      for bit in 0..<8 {
        var changed = text
        changed[i] ^= 1 << bit
        #expect(CacheRecord(json: changed) == nil, "byte \(i), bit \(bit)")
      }
    }
  }

  @Test func sumsNoticeEveryChangeWithinAWord() {
    var random = SeededRandom(seed: 5)
    let bytes = (0..<29).map { _ in UInt8.random(in: 0...255, using: &random) }
    func sum(_ bytes: [UInt8]) -> Checksum {
      var sum = Checksum()
      sum.add(bytes.span)
      return sum
    }
    let whole = sum(bytes)
    for i in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[i] ^= 1 << bit
        #expect(sum(changed) != whole)
      }
    }
    #expect(sum(Array(bytes.dropLast())) != whole)
    #expect(sum(bytes + [0]) != whole)
  }
}
