/// A list that typing narrows and arrows choose from, as palette and file list are.
public struct ListChoice: Equatable, Sendable {
  /// What was typed.
  public private(set) var query = Prompt()
  /// The chosen one of the rows that match.
  public private(set) var selected = 0

  init() {}

  /// What a key did to it.
  enum Change { case narrowed, moved, accepted, left }

  /// Takes a key; every key is its own.
  ///
  /// - Parameter count: Rows that match.
  mutating func press(_ key: Key, of count: Int) -> Change {
    switch (key.code, key.modifiers) {
    case (.enter, _): return .accepted
    case (.escape, _), (.character("c"), .control): return .left
    case (.backspace, _) where query.text.isEmpty: return .left
    case (.up, _), (.character("p"), .control): select(selected - 1, of: count)
    case (.down, _), (.character("n"), .control), (.tab, []): select(selected + 1, of: count)
    case (.pageUp, _): select(selected - 10, of: count)
    case (.pageDown, _): select(selected + 10, of: count)
    default:
      let before = query.text
      query.edit(key)
      guard query.text != before else { return .moved }
      selected = 0
      return .narrowed
    }
    return .moved
  }

  /// Adds pasted text.
  mutating func insert(_ text: String) {
    query.insert(text)
    selected = 0
  }

  /// Chooses a row; what lies outside becomes the nearest.
  mutating func select(_ row: Int, of count: Int) { selected = min(max(row, 0), max(count - 1, 0)) }
}

/// A list on the screen that typing narrows and arrows choose from.
protocol NarrowedList {
  /// What was typed, and which match is chosen.
  var choice: ListChoice { get set }
  /// Rows that match what was typed.
  var matchCount: Int { get }
  /// Finds the rows that match what was typed.
  mutating func match()
}

extension NarrowedList {
  /// Takes a key; every key is the list's.
  mutating func press(_ key: Key) -> ListChoice.Change {
    let change = choice.press(key, of: matchCount)
    if change == .narrowed { match() }
    return change
  }

  /// Adds pasted text to what was typed.
  mutating func insert(_ text: String) {
    choice.insert(text)
    match()
  }
}
