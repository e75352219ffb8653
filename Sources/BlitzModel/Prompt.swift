/// A line of text being typed at the foot of the screen.
public struct Prompt: Equatable, Sendable {
  /// What has been typed.
  public private(set) var text = ""
  /// Scalars before the cursor.
  public private(set) var cursor = 0
  private var historyIndex: Int?

  init() {}

  /// Longest line that is taken; more is ignored.
  static let limit = 1024

  mutating func insert(_ string: String) {
    for scalar in string.unicodeScalars where text.unicodeScalars.count < Self.limit {
      guard scalar.value >= 0x20, scalar.value != 0x7f else { continue }
      text.unicodeScalars.insert(scalar, at: index(cursor))
      cursor += 1
    }
  }

  mutating func deleteBack() {
    guard cursor > 0 else { return }
    cursor -= 1
    text.unicodeScalars.remove(at: index(cursor))
  }

  mutating func deleteForward() {
    guard cursor < text.unicodeScalars.count else { return }
    text.unicodeScalars.remove(at: index(cursor))
  }

  mutating func move(by distance: Int) {
    cursor = min(max(cursor + distance, 0), text.unicodeScalars.count)
  }

  mutating func moveToStart() { cursor = 0 }
  mutating func moveToEnd() { cursor = text.unicodeScalars.count }

  mutating func replace(with line: String) {
    text = line
    moveToEnd()
  }

  /// Shows an older (-1) or newer (+1) line of the history; past the newest is an empty line.
  mutating func recall(_ direction: Int, from history: [String]) {
    let next = (historyIndex ?? history.count) + direction
    guard history.indices.contains(next) else {
      if next >= history.count {
        historyIndex = nil
        replace(with: "")
      }
      return
    }
    historyIndex = next
    replace(with: history[next])
  }

  private func index(_ offset: Int) -> String.Index {
    text.unicodeScalars.index(text.startIndex, offsetBy: offset)
  }
}
