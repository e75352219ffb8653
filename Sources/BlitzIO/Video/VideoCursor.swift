import BlitzCore
import CCodecShims

/// The place of a decoder in a video: moves to a frame by reading on or by jumping to a key.
///
/// Belongs to one thread at a time. Pictures are identified by the ordinal of their packet, which
/// travels through the decoder; no time stamp is trusted to say where a jump has landed.
final class VideoCursor {
  /// Packets that could be decoded in the time a jump costs on top of decoding from its key: the
  /// pictures in flight are lost. Where every packet is a key a jump costs nothing of note.
  private static let jumpCost = (between: 4, intra: 0)
  /// Pictures that may overtake a missing one before it is given up.
  private static let patience = 4

  private let path: FilePath
  private let threads: Int
  private let scan: VideoScan
  private var kept: Int
  private var handle: VideoHandle
  private var recent: [(ordinal: Int, picture: CodecPicture)] = []

  // The decoder began at packet `start` and gets packet `next` next; `isHeld` when that is read.
  private var start = 0
  private var next = 0
  private var isHeld = false
  private var isDraining = false
  private var isExhausted = false
  private var last: Int?

  /// A stretch of display time in which no picture came out, ends excluded.
  private struct Gap {
    var after = Int64.min, before = Int64.max

    func contains(_ time: Int64) -> Bool { after < time && time < before }

    func intersection(_ other: Gap) -> Gap {
      Gap(after: max(after, other.after), before: min(before, other.before))
    }
  }

  /// By key, where none of its pictures came: what is damaged once is not decoded for every frame of it.
  private var gaps: [Int: Gap] = [:]

  /// Jumps made so far.
  private(set) var jumps = 0

  /// Opens the video at its start.
  ///
  /// - Parameter kept: How many pictures stay at hand, for callers that ask a little out of order.
  init(path: FilePath, threads: Int, scan: VideoScan, kept: Int) throws(BlitzError) {
    (self.path, self.threads, self.scan, self.kept) = (path, threads, scan, kept)
    handle = try VideoHandle(path: path, threads: threads)
  }

  /// What the headers say.
  var claim: blz_video_claim { handle.claim }
  /// Names of container and codec.
  var names: (container: String, codec: String) { (handle.container, handle.codec) }

  /// Sets how many pictures stay at hand.
  func keep(pictures count: Int) { kept = count }

  /// The first picture that comes out; nil when none does.
  func first() -> CodecPicture? { advance { _ in true } }

  /// The picture of a frame; nil when there is no such frame or no picture comes of its packet.
  func picture(_ frame: Int) throws(BlitzError) -> CodecPicture? {
    scan.settle(frame)
    if let ordinal = scan.lookUp({ $0.ordinal(of: frame) }) {
      return try picture(ordinal: ordinal)
    }
    guard scan.lookUp({ !$0.isTimed && frame < $0.frameCount }) else { return nil }
    return try learn(frame)
  }

  private func picture(ordinal: Int) throws(BlitzError) -> CodecPicture? {
    if let found = recent.first(where: { $0.ordinal == ordinal }) { return found.picture }
    let (key, time) = scan.lookUp { ($0.key(for: ordinal), $0.time(of: ordinal)) }
    if let gap = gaps[key?.ordinal ?? 0], gap.contains(time) { return nil }
    if shouldJump(to: ordinal, from: key) { try jump(to: key) }
    let began = start
    var gap = Gap()
    if let picture = read(to: ordinal, missing: &gap) { return picture }
    // A picture missing right after a jump may need more than its key promised: one key earlier.
    if began > 0, began >= key?.ordinal ?? 0 {
      try jump(to: scan.lookUp { $0.key(before: began) })
      var earlier = Gap()
      if let picture = read(to: ordinal, missing: &earlier) { return picture }
      gap = gap.intersection(earlier)
    }
    gaps[key?.ordinal ?? 0] = gap
    return nil
  }

  /// True when reading on is impossible or costs more than decoding from the key.
  private func shouldJump(to ordinal: Int, from key: VideoIndex.Key?) -> Bool {
    let (isAhead, isIntra) = scan.lookUp { index in
      (last.map { index.time(of: $0) < index.time(of: ordinal) } ?? true, index.isIntra)
    }
    let from = key?.ordinal ?? 0
    let cost = isIntra ? Self.jumpCost.intra : Self.jumpCost.between
    return isExhausted || !isAhead || start > from || from - next > cost
  }

  /// Reads on until a packet's picture comes out, or enough later ones have; then `gap` is what lies
  /// between the pictures that came before and after it.
  private func read(to ordinal: Int, missing gap: inout Gap) -> CodecPicture? {
    let (time, reached) = scan.lookUp { index in
      (index.time(of: ordinal), self.last.map { index.time(of: $0) })
    }
    var around = Gap(after: reached ?? .min)
    var passed = 0
    var found = false
    let picture = advance { tag in
      found = tag == ordinal
      let own = self.scan.lookUp { $0.time(of: tag) }
      if !found && own > time { passed += 1 }
      if own < time { around.after = max(around.after, own) }
      if own > time { around.before = min(around.before, own) }
      return found || passed > Self.patience
    }
    gap = around
    return found ? picture : nil
  }

  /// Without times: reads on from the last frame whose place is known.
  private func learn(_ frame: Int) throws(BlitzError) -> CodecPicture? {
    let frontier = scan.lookUp { $0.lastLearned }
    if frontier != last || isExhausted {
      if let frontier {
        guard try picture(ordinal: frontier) != nil else { return nil }
        // It may have come from those kept, with the decoder elsewhere.
        if last != frontier { try jump(to: nil) }
      } else {
        try jump(to: nil)
      }
    }
    return advance { _ in self.scan.lookUp { $0.ordinal(of: frame) != nil } }
  }

  /// Decodes until a picture satisfies `isWanted`; nil at the end.
  private func advance(_ isWanted: (_ ordinal: Int) -> Bool) -> CodecPicture? {
    while true {
      while let (ordinal, picture) = handle.receive() {
        keep(ordinal, picture)
        if isWanted(ordinal) { return picture }
      }
      if isDraining {
        isExhausted = true
        return nil
      }
      feed()
    }
  }

  /// Sends the decoder the next packet, or the end.
  private func feed() {
    if isHeld || handle.read() != nil {
      handle.send(ordinal: next)
      next += 1
      isHeld = false
    } else {
      handle.drain()
      isDraining = true
    }
  }

  private func keep(_ ordinal: Int, _ picture: CodecPicture) {
    scan.lookUp { $0.learn(ordinal, after: last) }
    last = ordinal
    if recent.count >= kept { recent.removeFirst() }
    recent.append((ordinal, picture))
  }

  /// Starts decoding at a key, at an earlier one if the container lands there, else at the start.
  private func jump(to key: VideoIndex.Key?) throws(BlitzError) {
    jumps += 1
    (last, isHeld, isDraining, isExhausted) = (nil, false, false, false)
    if let key, key.ordinal > 0 {
      for time in [key.presentation, key.decoding] {
        guard let time, handle.seek(to: time), let landed = landing(before: key) else { continue }
        (start, next, isHeld) = (landed, landed, true)
        return
      }
    }
    handle = try VideoHandle(path: path, threads: threads)
    (start, next) = (0, 0)
  }

  /// Reads up to the first packet known to be a key; nil when that lies after the one wanted.
  private func landing(before key: VideoIndex.Key) -> Int? {
    while let packet = handle.read() {
      if let found = scan.lookUp({ $0.key(matching: packet) }) {
        return found.ordinal <= key.ordinal ? found.ordinal : nil
      }
    }
    return nil
  }
}
