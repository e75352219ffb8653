/// What one or more keys do, and what help says about it.
public struct KeyBinding: Sendable {
  /// Keys that do it; the first is the one to remember. Empty for what only the palette offers.
  public let keys: [Key]
  /// The name in the palette and on the command line, unique.
  public let name: String
  /// What happens.
  public let action: Action
  /// Where help lists it.
  public let section: HelpSection
  /// One line, lower case, no full stop.
  public let summary: String
}

/// A heading of the help.
public enum HelpSection: String, CaseIterable, Sendable {
  case frames = "Frames"
  case playing = "Playing"
  case projections = "Projections"
  case corrections = "Corrections"
  case regions = "Regions and traces"
  case levels = "Levels and colours"
  case view = "View"
  case saving = "Saving"
  case program = "Program"
}

/// Keys after which the next key names a mark.
public enum MarkPrefix: Hashable, Sendable { case set, jump }

/// What a key does outside prompts and focused tools; nil when it is free.
public func action(for key: Key) -> Action? { actionsByKey[key] }

/// The table by key, built once; a key bound twice would keep its first binding.
private let actionsByKey = Dictionary(
  keymapTable.flatMap { binding in binding.keys.map { ($0, binding.action) } },
  uniquingKeysWith: { first, _ in first })

/// Keys that are kept free, and what for.
let reservedKeys: [Key: String] = [
  "F": "following a recording that grows", "%": "relative change (dF/F)",
  "/": "a profile along a line", "K": "a kymograph",
]
