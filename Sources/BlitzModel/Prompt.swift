public import BlitzCore

/// A line of text being typed at the foot of the screen.
public struct Prompt: Equatable, Sendable {
  /// What the line is for.
  public enum Purpose: Equatable, Sendable {
    /// A command, as after `:`.
    case command
    /// The name of a file to save.
    case save(ExportRequest)
    /// What a line of the corrections panel is set to.
    case correction(CorrectionField)
  }

  /// What the line is for.
  public let purpose: Purpose
  /// What has been typed.
  public private(set) var text = ""
  /// Scalars before the cursor.
  public private(set) var cursor = 0
  /// What to say about the line: why it was refused, or how it could go on.
  public internal(set) var note: PrintableText?
  private var historyIndex: Int?

  /// A line that begins with some text.
  init(_ purpose: Purpose = .command, text: String = "", note: PrintableText? = nil) {
    self.purpose = purpose
    insert(text)
    self.note = note
  }

  /// What stands before the line.
  public var label: String {
    switch purpose {
    case .command: ":"
    case .save(let request): "save \(request.export.title) as: "
    case .correction(let field):
      "\(field.side == .subtract ? "subtract" : "divide") \(field.kind.rawValue): "
    }
  }

  /// Longest line that is taken; more is ignored.
  static let limit = 1024
  /// Lines that are remembered.
  static let historyLimit = 200

  /// Takes a key that edits a line; others change nothing.
  mutating func edit(_ key: Key) {
    switch (key.code, key.modifiers) {
    case (.backspace, _): deleteBack()
    case (.delete, _): deleteForward()
    case (.left, _): move(by: -1)
    case (.right, _): move(by: 1)
    case (.home, _), (.character("a"), .control): moveToStart()
    case (.end, _), (.character("e"), .control): moveToEnd()
    case (.character("u"), .control): replace(with: "")
    case (.character("w"), .control): deleteWord()
    case (.character(let scalar), []): insert(String(Character(scalar)))
    default: break
    }
  }

  mutating func insert(_ string: String) {
    note = nil
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

  /// Deletes the word before the cursor, and the spaces behind it.
  mutating func deleteWord() {
    let before = text.unicodeScalars.prefix(cursor)
    let kept = before.reversed().drop { $0 == " " }.drop { $0 != " " }.count
    while cursor > kept { deleteBack() }
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
    note = nil
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
