import CCodecShims

/// Which packet of a video becomes which frame: frame number = rank by presentation time.
///
/// Packets are numbered in file order ("ordinals") as they are added. Where the file gives no
/// presentation times, the order is learned from the decoder as it delivers pictures.
struct VideoIndex {
  /// A packet at which decoding can start.
  struct Key: Equatable {
    let ordinal: Int
    let presentation, decoding: Int64?
    let position: Int64
  }

  /// Packets a picture may be displayed ahead of: codecs reorder by at most 16.
  static let reorderLimit = 32
  /// Packets looked at to decide whether the file gives times.
  static let sampleSize = 256

  /// True when all packets are added.
  private(set) var isComplete = false
  /// True when frames are ordered by the file's presentation times.
  private(set) var isTimed = true
  /// Packets added so far.
  var packetCount: Int { times.count }

  // By ordinal: the presentation time, by which pictures are ordered; the gap of a packet without
  // one is filled from its predecessor. Untimed: the rank once learned, or `unknown`.
  private var times: [Int64] = []
  // By rank: the ordinal.
  private var order: [Int32] = []
  private var keys: [Key] = []
  private var keyAtPosition: [Int64: Int] = [:]
  private var shownCount = 0
  // Ordinals of packets of which the file has only a part.
  private var cut: Set<Int> = []
  private static let unknown = Int64.max

  /// Takes in the next packet of the file.
  mutating func add(_ packet: blz_video_packet) {
    let ordinal = times.count
    let stamp = packet.presentation == Int64.min ? nil : packet.presentation
    if packet.is_shown != 0 {
      shownCount += 1
      if stamp == nil && ordinal < Self.sampleSize && isTimed { forgetTimes() }
    }
    times.append(isTimed ? stamp ?? times.last ?? 0 : Self.unknown)
    if packet.is_cut != 0 { cut.insert(ordinal) }
    if packet.is_key != 0 { addKey(packet, ordinal, stamp) }
    if isTimed && packet.is_shown != 0 { insert(ordinal) }
  }

  /// Notes that the file has no more packets.
  mutating func complete() { isComplete = true }

  /// True when decoding can start at every packet.
  var isIntra: Bool { keys.count == packetCount }

  /// Frames known of: all of them once complete.
  var frameCount: Int { isTimed ? order.count : shownCount }

  /// True when later packets cannot change which packet is this frame.
  func isSettled(_ frame: Int) -> Bool {
    isComplete || frameCount > frame + Self.reorderLimit
  }

  /// The packet of a frame; nil when there is none or, without times, it is not learned yet.
  func ordinal(of frame: Int) -> Int? { order.indices.contains(frame) ? Int(order[frame]) : nil }

  /// True when the file has only a part of what a frame's picture is made from.
  func isCut(_ frame: Int) -> Bool { ordinal(of: frame).map(cut.contains) ?? false }

  /// Where a packet's picture stands in display order, comparable with others of this index.
  func time(of ordinal: Int) -> Int64 {
    times.indices.contains(ordinal) ? times[ordinal] : Self.unknown
  }

  /// The time of a frame in units of the stream after the first frame; nil without times.
  func presentation(of frame: Int) -> Int64? {
    guard isTimed, let first = order.first, let own = ordinal(of: frame) else { return nil }
    let (time, overflow) = times[own].subtractingReportingOverflow(times[Int(first)])
    return overflow ? nil : time
  }

  /// The last key from which the picture of a packet decodes in full: not after it in the file and
  /// not after it in display, for pictures displayed before a key may need what came before it.
  func key(for ordinal: Int) -> Key? {
    let time = time(of: ordinal)
    var i = keyCount(upTo: ordinal)
    while i > 0 {
      i -= 1
      if self.time(of: keys[i].ordinal) <= time { return keys[i] }
    }
    return nil
  }

  /// The last key before a packet, not counting itself.
  func key(before ordinal: Int) -> Key? {
    let count = keyCount(upTo: ordinal - 1)
    return count > 0 ? keys[count - 1] : nil
  }

  /// The key that this packet is, when it is one.
  func key(matching packet: blz_video_packet) -> Key? {
    guard packet.is_key != 0, let i = keyAtPosition[packet.position] else { return nil }
    let stamp = packet.presentation == Int64.min ? nil : packet.presentation
    guard let own = keys[i].presentation, let stamp else { return keys[i] }
    return own == stamp ? keys[i] : nil
  }

  /// Without times: notes that `ordinal` is displayed next after `previous`.
  mutating func learn(_ ordinal: Int, after previous: Int?) {
    guard !isTimed, previous == order.last.map({ Int($0) }), times.indices.contains(ordinal),
      times[ordinal] == Self.unknown
    else { return }
    times[ordinal] = Int64(order.count)
    order.append(Int32(ordinal))
  }

  /// The last frame learned so far.
  var lastLearned: Int? { order.last.map { Int($0) } }

  /// Switches to learning: one frame of a file gives no time, so ranks cannot come from times.
  private mutating func forgetTimes() {
    isTimed = false
    order = []
    for i in times.indices { times[i] = Self.unknown }
  }

  private mutating func addKey(_ packet: blz_video_packet, _ ordinal: Int, _ stamp: Int64?) {
    if packet.position >= 0 { keyAtPosition[packet.position] = keys.count }
    keys.append(
      Key(
        ordinal: ordinal, presentation: stamp,
        decoding: packet.decoding == Int64.min ? nil : packet.decoding,
        position: packet.position))
  }

  /// Puts a packet at its place by time; equal times keep file order. Near the end in practice.
  private mutating func insert(_ ordinal: Int) {
    var place = order.count
    while place > 0, times[Int(order[place - 1])] > times[ordinal] { place -= 1 }
    order.insert(Int32(ordinal), at: place)
  }

  /// How many keys have an ordinal of at most this.
  private func keyCount(upTo ordinal: Int) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle].ordinal <= ordinal { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
