public import BlitzCore

/// The regions of interest, in the order in which they were kept.
public struct RegionList: Equatable, Sendable {
  /// A kept region; its name and colour stay with it when others go.
  public struct Entry: Equatable, Sendable {
    /// The region; it always has a name.
    public var region: RegionOfInterest
    /// Which of the region colours it has.
    public let color: Int
  }

  /// Kept regions.
  public private(set) var entries: [Entry] = []
  /// Index of the selected one.
  public private(set) var selection: Int?
  private var nextIndex = 0

  init() {}

  /// The selected entry.
  public var selected: Entry? { selection.map { entries[$0] } }

  /// The name that the next region gets: the next free one.
  var nextName: String {
    var index = nextIndex
    while isTaken(RegionOfInterest.automaticName(index)) { index += 1 }
    return RegionOfInterest.automaticName(index)
  }
  /// The colour that the next region gets.
  public var nextColor: Int { nextIndex }

  /// Adds a region at the end and selects it; a name already taken gives way to the next free one.
  mutating func add(_ region: RegionOfInterest) {
    let isFree = region.name.map { !isTaken($0) } ?? false
    let named = isFree ? region : region.named(nextName)
    guard let named else { return }
    entries.append(Entry(region: named, color: nextIndex))
    nextIndex += 1
    selection = entries.count - 1
  }

  /// Gives the selected region another outline.
  mutating func reshape(_ outline: RegionOfInterest.Outline) {
    guard let selection,
      let region = RegionOfInterest(outline, name: entries[selection].region.name)
    else { return }
    entries[selection].region = region
  }

  mutating func removeSelected() {
    guard let selection else { return }
    entries.remove(at: selection)
    self.selection = entries.isEmpty ? nil : min(selection, entries.count - 1)
  }

  /// Selects the next (1) or previous (-1) region, round and round.
  mutating func select(_ direction: Int) {
    guard !entries.isEmpty else { return }
    let start = selection ?? (direction > 0 ? -1 : 0)
    selection = (start + direction + entries.count) % entries.count
  }

  mutating func select(index: Int?) {
    selection = index.flatMap { entries.indices ~= $0 ? $0 : nil }
  }

  /// True when a kept region has this name.
  func isTaken(_ name: String) -> Bool { entries.contains { $0.region.name == name } }
}
