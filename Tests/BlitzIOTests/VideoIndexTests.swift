import CCodecShims
import Testing

@testable import BlitzIO

@Suite struct VideoIndexTests {
  /// Packets in file order: presentation time (nil when missing) and whether it is a key.
  private func index(_ packets: [(Int64?, Bool)], hidden: Set<Int> = []) -> VideoIndex {
    var index = VideoIndex()
    for (i, (time, isKey)) in packets.enumerated() {
      index.add(
        blz_video_packet(
          presentation: time ?? .min, decoding: Int64(i), position: Int64(100 * i),
          is_key: isKey ? 1 : 0, is_shown: hidden.contains(i) ? 0 : 1, is_cut: 0))
    }
    return index
  }

  // I0 P3 B1 B2 | I6 b4 b5 P8 B7: b4 and b5 are shown before the second key but follow it.
  private let open: [(Int64?, Bool)] = [
    (0, true), (3, false), (1, false), (2, false), (6, true), (4, false), (5, false), (8, false),
    (7, false),
  ]

  @Test func framesAreRankedByPresentation() {
    let index = index(open)
    #expect((0..<9).map { index.ordinal(of: $0) } == [0, 2, 3, 1, 5, 6, 4, 8, 7])
    #expect(index.ordinal(of: 9) == nil)
    #expect(index.ordinal(of: -1) == nil)
    #expect(index.presentation(of: 8) == 8)
  }

  @Test func picturesShownBeforeAKeyStartAtTheOneBefore() {
    let index = index(open)
    #expect([1, 2, 3].map { index.key(for: $0)?.ordinal } == [0, 0, 0])
    #expect([5, 6].map { index.key(for: $0)?.ordinal } == [0, 0])
    #expect([4, 7, 8].map { index.key(for: $0)?.ordinal } == [4, 4, 4])
    #expect(index.key(before: 4)?.ordinal == 0)
    #expect(index.key(before: 0) == nil)
  }

  @Test func hiddenPacketsAreNoFrames() {
    let index = index(open, hidden: [1, 4])
    #expect(index.frameCount == 7)
    #expect((0..<7).map { index.ordinal(of: $0) } == [0, 2, 3, 5, 6, 8, 7])
  }

  @Test func equalTimesKeepFileOrder() {
    let index = index([(5, true), (5, true), (5, true), (4, true)])
    #expect((0..<4).map { index.ordinal(of: $0) } == [3, 0, 1, 2])
  }

  @Test func aFrameIsSettledOnceNothingCanComeBeforeIt() {
    var index = index((0..<40).map { ($0, $0 == 0) })
    #expect(index.isSettled(7))
    #expect(!index.isSettled(8))
    index.complete()
    #expect(index.isSettled(.max))
  }

  @Test func withoutTimesTheOrderIsLearned() {
    var index = index([(0, true), (nil, false), (1, false), (2, false)])
    #expect(!index.isTimed)
    #expect(index.frameCount == 4)
    #expect(index.ordinal(of: 0) == nil)
    index.learn(2, after: 0)
    #expect(index.lastLearned == nil)
    for (ordinal, previous) in [(0, nil), (2, 0), (2, 0), (1, 0), (3, 2)] {
      index.learn(ordinal, after: previous)
    }
    #expect((0..<4).map { index.ordinal(of: $0) } == [0, 2, 3, nil])
    #expect(index.key(for: 3)?.ordinal == 0)
    #expect(index.presentation(of: 1) == nil)
  }

  @Test func aMissingTimeFarInTakesTheOneBefore() {
    var packets: [(Int64?, Bool)] = (0..<300).map { ($0, $0.isMultiple(of: 10)) }
    packets[280].0 = nil
    let index = index(packets)
    #expect(index.isTimed)
    #expect(index.ordinal(of: 280) == 280)
  }

  @Test func keysAreFoundByTheirPlaceInTheFile() {
    let index = index(open)
    var packet = blz_video_packet(
      presentation: 6, decoding: 4, position: 400, is_key: 1, is_shown: 1, is_cut: 0)
    #expect(index.key(matching: packet)?.ordinal == 4)
    packet.presentation = 7
    #expect(index.key(matching: packet) == nil)
    packet.presentation = .min
    #expect(index.key(matching: packet)?.ordinal == 4)
    packet.position = -1
    #expect(index.key(matching: packet) == nil)
  }

  @Test func timesBeyondMeasureDoNotTrap() {
    let index = index([(.max, true), (.min + 1, true)])
    #expect(index.presentation(of: 1) == nil)
  }
}
