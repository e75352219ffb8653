/// Which kept frame a worker takes next: the wanted one first, then in order, each once.
struct LoadQueue {
  private let count: Int
  private var next = 0
  private var wanted: Int?
  /// Frames at or after `next` that were taken out of order.
  private var ahead: Set<Int> = []

  init(count: Int) { self.count = count }

  /// Puts a frame at the head; frames taken already and those outside the stack change nothing.
  mutating func want(_ frame: Int) {
    if frame >= next && frame < count && !ahead.contains(frame) { wanted = frame }
  }

  /// The frame to load now; nil when all are taken.
  mutating func take() -> Int? {
    if let frame = wanted {
      wanted = nil
      if frame >= next && ahead.insert(frame).inserted { return frame }
    }
    while ahead.remove(next) != nil { next += 1 }
    guard next < count else { return nil }
    next += 1
    return next - 1
  }
}
