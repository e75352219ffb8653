public import BlitzCore

/// The regions of interest, in the order in which they were kept, with undo.
public struct RegionList: Equatable, Sendable {
  /// A kept region; its name and colour stay with it when others go.
  public struct Entry: Equatable, Sendable {
    /// The region; it always has a name.
    public var region: RegionOfInterest
    /// Which of the region colours it has.
    public let color: Int
  }

  /// What an undo brings back.
  private struct Snapshot: Equatable, Sendable {
    let entries: [Entry]
    let selection: Int?
  }

  /// Kept regions.
  public private(set) var entries: [Entry] = []
  /// Index of the selected one.
  public private(set) var selection: Int?
  private var past: [Snapshot] = []
  private var future: [Snapshot] = []
  private var nextIndex = 0

  /// Edits that can be undone; the oldest are forgotten.
  static let undoLimit = 200

  init() {}

  /// The selected entry.
  public var selected: Entry? { selection.map { entries[$0] } }

  /// The name that the next region gets.
  var nextName: String { RegionOfInterest.automaticName(nextIndex) }
  /// The colour that the next region gets.
  public var nextColor: Int { nextIndex }

  /// Adds a region at the end and selects it; a name already taken gives way to the next free one.
  mutating func add(_ region: RegionOfInterest) {
    remember()
    let isFree = region.name.map { name in !entries.contains { $0.region.name == name } } ?? false
    let named = isFree ? region : region.named(freeName())
    guard let named else { return }
    entries.append(Entry(region: named, color: nextIndex))
    nextIndex += 1
    selection = entries.count - 1
  }

  /// Gives the selected region another outline. `isNewEdit` is false for the steps of one edit, which
  /// are undone together.
  mutating func reshape(_ outline: RegionOfInterest.Outline, isNewEdit: Bool) {
    guard let selection,
      let region = RegionOfInterest(outline, name: entries[selection].region.name)
    else { return }
    if isNewEdit { remember() }
    entries[selection].region = region
  }

  mutating func removeSelected() {
    guard let selection else { return }
    remember()
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

  /// False when there is nothing to undo.
  mutating func undo() -> Bool {
    guard let last = past.popLast() else { return false }
    future.append(Snapshot(entries: entries, selection: selection))
    (entries, selection) = (last.entries, last.selection)
    return true
  }

  /// False when there is nothing to do again.
  mutating func redo() -> Bool {
    guard let next = future.popLast() else { return false }
    past.append(Snapshot(entries: entries, selection: selection))
    (entries, selection) = (next.entries, next.selection)
    return true
  }

  private mutating func remember() {
    past.append(Snapshot(entries: entries, selection: selection))
    if past.count > Self.undoLimit { past.removeFirst() }
    future.removeAll()
  }

  private mutating func freeName() -> String {
    while entries.contains(where: { $0.region.name == nextName }) { nextIndex += 1 }
    return nextName
  }
}
