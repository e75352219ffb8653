/// Ten thousand turns of the wheel with a hundred keys between them, as a terminal sends them, and
/// where they lead.
public struct InputFlood: Sendable {
  /// The bytes of each event.
  public private(set) var events: [[UInt8]] = []
  /// Frames forward in all.
  public private(set) var distance = 0
  /// The furthest that the way leads in either direction.
  public private(set) var reach = 0

  /// Keys and the frames they move by.
  private static let keys: [(text: String, frames: Int)] = [
    (".", 1), (",", -1), ("l", 1), ("h", -1), ("j", 10), ("k", -10), ("12.", 12), ("7,", -7),
    ("3j", 30), ("\u{1B}[C", 1), ("\u{1B}OD", -1), ("\u{1B}[B", 10), ("\u{1B}[A", -10),
  ]

  /// A flood over a cell of the screen, counted from 1.
  public init(seed: UInt64, row: Int, column: Int, turns: Int = 10_000, keys: Int = 100) {
    var random = SeededRandom(seed: seed)
    var isKey = Array(repeating: false, count: turns) + Array(repeating: true, count: keys)
    isKey.shuffle(using: &random)
    for isKey in isKey {
      if isKey {
        let key = Self.keys[Int.random(in: 0..<Self.keys.count, using: &random)]
        add(key.text, key.frames)
      } else {
        let isDown = Int.random(in: 0..<5, using: &random) > 1
        add("\u{1B}[<\(isDown ? 65 : 64);\(column);\(row)M", isDown ? 1 : -1)
      }
    }
  }

  private mutating func add(_ text: String, _ frames: Int) {
    events.append(Array(text.utf8))
    distance += frames
    reach = max(reach, abs(distance))
  }
}
