/// Every action and command by name, narrowed by what was typed.
public struct Palette: NarrowedList, Equatable, Sendable {
  /// What choosing an entry does.
  enum Act: Equatable, Sendable {
    case perform(Action)
    /// Opens the command line with the beginning of a line whose arguments are free.
    case begin(String)
  }

  /// What was typed, and which match is chosen.
  public internal(set) var choice = ListChoice()
  /// The entries that match, best first.
  public private(set) var matches = paletteMatches("", in: Palette.entries)

  var matchCount: Int { matches.count }

  init() {}

  /// All there is: the keymap, and the commands with every choice that they have.
  public static let entries: [PaletteEntry] = rows.map(\.entry)

  private static let rows: [(entry: PaletteEntry, act: Act)] =
    keymapTable.map { binding in
      let keys = binding.keys.map(\.description).joined(separator: " ")
      return (
        PaletteEntry(name: binding.name, keys: keys, summary: binding.summary),
        .perform(binding.action)
      )
    } + commandTable.flatMap(rows)

  private static func rows(_ command: CommandRule) -> [(entry: PaletteEntry, act: Act)] {
    let chosen = command.choices.compactMap { choice -> (entry: PaletteEntry, act: Act)? in
      guard let action = command.parse([choice[...]]) else { return nil }
      return (
        PaletteEntry(name: "\(command.name) \(choice)", keys: "", summary: command.summary),
        .perform(action)
      )
    }
    guard chosen.isEmpty else { return chosen }
    return [
      (
        PaletteEntry(name: command.name, keys: "", summary: command.summary),
        .begin(command.name + " ")
      )
    ]
  }

  /// What the chosen match does; nil when nothing matches.
  var chosen: Act? {
    matches.indices ~= choice.selected ? Self.rows[matches[choice.selected].entry].act : nil
  }

  mutating func match() { matches = paletteMatches(choice.query.text, in: Self.entries) }
}
