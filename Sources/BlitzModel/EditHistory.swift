import BlitzCore

/// What undo brings back.
struct Edit: Equatable, Sendable {
  let regions: RegionList
  let range: FrameRange?
  let marks: [Unicode.Scalar: Int]
  let viewport: Viewport
}

extension Edit {
  /// What another one differs in, in words: `ROI A`, `range 0:50`, `mark a`, `view`.
  func subject(comparedWith other: Edit) -> String {
    if regions.entries != other.regions.entries {
      let changed = regions.changedNames(comparedWith: other.regions)
      return "ROI \(changed.joined(separator: ", "))"
    }
    if range != other.range { return "range \((range ?? other.range)?.text ?? "")" }
    let letters = Set(marks.keys).union(other.marks.keys).filter { marks[$0] != other.marks[$0] }
    if let letter = letters.min() { return "mark \(letter)" }
    return "view"
  }
}

extension RegionList {
  /// Names of the regions that only one of two lists has, or that lie elsewhere.
  fileprivate func changedNames(comparedWith other: RegionList) -> [String] {
    let own = entries.filter { !other.entries.contains($0) }
    let others = other.entries.filter { !entries.contains($0) }
    var names: [String] = []
    for name in (own + others).compactMap(\.region.name) where !names.contains(name) {
      names.append(name)
    }
    return names
  }
}

/// Edits that can be undone and done again, the newest last; the oldest are forgotten.
struct EditHistory: Equatable, Sendable {
  /// What an edit concerns.
  enum Kind: Equatable, Sendable { case regions, range, marks, view }

  /// Edits that are kept.
  static let limit = 200

  private var past: [Edit] = []
  private var future: [Edit] = []
  private var lastKind: Kind?

  /// Notes the state before an edit. Zooming and panning in one go is one edit.
  mutating func remember(_ before: Edit, _ kind: Kind) {
    defer { lastKind = kind }
    future.removeAll()
    if kind == .view, lastKind == .view { return }
    past.append(before)
    if past.count > Self.limit { past.removeFirst() }
  }

  /// The state before the last edit; nil when there is none.
  mutating func undo(from current: Edit) -> Edit? { Self.move(&past, &future, current, &lastKind) }

  /// The state after the edit undone last; nil when there is none.
  mutating func redo(from current: Edit) -> Edit? { Self.move(&future, &past, current, &lastKind) }

  private static func move(
    _ source: inout [Edit], _ target: inout [Edit], _ current: Edit, _ lastKind: inout Kind?
  ) -> Edit? {
    lastKind = nil
    guard let next = source.popLast() else { return nil }
    target.append(current)
    return next
  }
}

extension ViewerState {
  private var edit: Edit {
    Edit(regions: regions, range: range, marks: marks, viewport: viewport)
  }

  /// Runs a change that can be undone; nothing is noted when it changes nothing.
  ///
  /// - Parameter continues: True for all but the first step of one edit, which are undone together.
  /// - Returns: True when it changed something.
  @discardableResult
  mutating func editing(
    _ kind: EditHistory.Kind, continues: Bool = false, _ change: (inout ViewerState) -> Void
  ) -> Bool {
    let before = edit
    change(&self)
    guard edit != before else { return false }
    if !continues { edits.remember(before, kind) }
    return true
  }

  mutating func undo() {
    endDraft()
    guard let before = edits.undo(from: edit) else {
      notice = PrintableText("nothing to undo")
      return
    }
    restore(before, saying: "undo")
  }

  mutating func redo() {
    endDraft()
    guard let after = edits.redo(from: edit) else {
      notice = PrintableText("nothing to do again")
      return
    }
    restore(after, saying: "redo")
  }

  private mutating func restore(_ edit: Edit, saying verb: String) {
    grip = nil
    notice = PrintableText("\(verb): \(edit.subject(comparedWith: self.edit))")
    (regions, range) = (edit.regions, edit.range)
    (marks, viewport) = (edit.marks, edit.viewport)
  }
}
