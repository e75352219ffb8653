public import BlitzCore

extension ViewerState {
  /// The regions to draw and measure: those kept, and the one being drawn.
  public var visibleRegions: [RegionList.Entry] {
    guard let draft, draftTarget == nil, let outline = draft.outline,
      let region = RegionOfInterest(outline, name: regions.nextName)
    else { return regions.entries }
    return regions.entries + [RegionList.Entry(region: region, color: regions.nextColor)]
  }

  /// True while a new region is drawn, false while a kept one is changed.
  public var draftsNewRegion: Bool { draft != nil && draftTarget == nil }

  mutating func changeRegions(_ action: Action) {
    switch action {
    case .drawRegion(let shape): startDraft(shape)
    case .keepRegion: keepDraft(startsNext: true)
    case .selectRegion(let direction): selectRegion(direction)
    case .deleteRegion: deleteRegion()
    case .addRegion(let region): add(region)
    case .pinPoint: pinPoint()
    case .zoomToRegion: zoomToRegion()
    default: break
    }
  }

  /// Keeps a region that was typed, and traces it; one that cannot be measured or told from another is
  /// refused.
  private mutating func add(_ region: RegionOfInterest) {
    let spans = spans(of: region)
    let (shape, label) = (recording.shape, region.label)
    guard !spans.isEmpty else {
      notice = PrintableText(
        spans.isClipped
          ? "ROI \(label) lies outside the image of \(shape.columns)x\(shape.rows)"
          : "ROI \(label) encloses no pixel")
      return
    }
    if let name = region.name, regions.isTaken(name) {
      notice = PrintableText(
        "there is a ROI \(name) already; x deletes it, another name keeps both")
      return
    }
    editing(.regions) { $0.regions.add(region) }
    isTraceOpen = true
    if spans.isClipped, let name = regions.selected?.region.name {
      notice = PrintableText(
        "ROI \(name) is clipped to the image of \(shape.columns)x\(shape.rows)")
    }
  }

  /// The pixels of the image that belong to a region.
  func spans(of region: RegionOfInterest) -> RowSpans {
    RowSpans(of: region, rows: recording.shape.rows, columns: recording.shape.columns)
  }

  /// Keys of the region tool; nil for a key that is not its own.
  mutating func pressInRegionTool(_ key: Key) -> [Effect]? {
    guard draft != nil else { return nil }
    if let direction = key.arrow, key.modifiers.isSubset(of: .shift) {
      let times = min(count.take() ?? 1, 1 << 16)
      changeAsShown(
        direction.columns * times, direction.rows * times,
        resizes: key.modifiers.contains(.shift))
      return []
    }
    switch (key.code, key.modifiers) {
    case (.enter, []): keepDraft(startsNext: false)
    case (.backspace, []) where draft?.shape == .polygon: draft?.removeLastVertex()
    case (.character("t"), []) where draft?.cursor != nil && draftTarget == nil:
      draft?.addVertex()
    case (.character("t"), []): keepDraft(startsNext: true)
    case (.character(let letter), []):
      guard let direction = Self.resizeKeys[letter] else { return nil }
      let times = min(count.take() ?? 1, 1 << 16)
      changeAsShown(direction.columns * times, direction.rows * times, resizes: true)
    default: return nil
    }
    return []
  }

  private static let resizeKeys: [Unicode.Scalar: (columns: Int, rows: Int)] = [
    "H": (-1, 0), "J": (0, 1), "K": (0, -1), "L": (1, 0),
  ]

  /// Drops what is being drawn; a kept region stays as it is.
  mutating func endDraft() {
    draft = nil
    draftTarget = nil
    if focus == .region { focus = .frames }
  }

  /// Draws a rectangle between two pixels, with the mouse.
  mutating func startDraft(from start: PixelPoint, to end: PixelPoint) {
    guard start != end || draft != nil else { return }
    let isEllipse = draftsNewRegion && draft?.shape == .ellipse
    draft = RegionDraft(isEllipse ? .ellipse : .rectangle, from: start, to: end)
    draftTarget = nil
    focus = .region
    isTraceOpen = true
  }

  private mutating func startDraft(_ shape: RegionDraft.Shape) {
    guard let placement else { return }
    draft = RegionDraft(shape, in: placement)
    draftTarget = nil
    focus = .region
    isTraceOpen = true
  }

  /// Takes the draft into the list; an unfinished polygon says what it lacks.
  mutating func keepDraft(startsNext: Bool) {
    guard let current = draft else { return }
    if draftTarget == nil {
      guard let outline = current.outline, let region = RegionOfInterest(outline) else {
        notice = PrintableText("a polygon has three corners or more; t drops one")
        return
      }
      guard !spans(of: region).isEmpty else {
        notice = PrintableText("the polygon encloses no pixel; Backspace takes a corner back")
        return
      }
      editing(.regions) { $0.regions.add(region) }
    }
    endDraft()
    if startsNext { startDraft(current.shape) }
  }

  /// Moves or resizes by a step on the screen: right is right and wider is wider, however the source
  /// lies.
  private mutating func changeAsShown(_ columns: Int, _ rows: Int, resizes: Bool) {
    let orientation = viewport.orientation
    let step =
      resizes
      ? orientation.exchanged((columns, rows)) : orientation.sourceStep(columns, rows)
    change(step.0, step.1, resizes: resizes)
  }

  private mutating func change(_ columns: Int, _ rows: Int, resizes: Bool) {
    let isKept = draftTarget != nil
    changeDraft { draft, frame in
      if isKept, draft.shape == .polygon {
        draft.moveCorners(columns, rows, in: frame)
      } else if resizes {
        draft.resize(columns, rows, in: frame)
      } else {
        draft.move(columns, rows, in: frame)
      }
    }
  }

  /// Changes the draft, and the kept region that it stands for.
  mutating func changeDraft(_ change: (inout RegionDraft, StackShape) -> Void) {
    guard var next = draft else { return }
    change(&next, recording.shape)
    draft = next
    guard let target = draftTarget, let outline = next.outline else { return }
    let changed = editing(.regions, continues: target.hasChanged) { $0.regions.reshape(outline) }
    if changed { draftTarget?.hasChanged = true }
  }

  /// Selects a region and gives the arrows to it.
  private mutating func selectRegion(_ direction: Int) {
    regions.select(direction)
    edit(selected: regions.selection)
  }

  mutating func edit(selected index: Int?) {
    endDraft()
    regions.select(index: index)
    guard let selected = regions.selected else { return }
    draft = RegionDraft(selected.region)
    draftTarget = DraftTarget()
    focus = .region
  }

  private mutating func deleteRegion() {
    if draft != nil, draftTarget == nil { return endDraft() }
    endDraft()
    guard let name = regions.selected?.region.name else {
      notice = PrintableText("no region is selected; Tab selects one")
      return
    }
    editing(.regions) { $0.regions.removeSelected() }
    notice = PrintableText("ROI \(name) removed; u brings it back")
  }

  /// Points that can be told apart in one plot beside regions.
  private static let pinLimit = 4

  private mutating func pinPoint() {
    guard let probe, let region = RegionOfInterest(.point(x: probe.x, y: probe.y)) else {
      notice = PrintableText("no pixel is probed; c shows the crosshair")
      return
    }
    guard regions.entries.count(where: { $0.region.isPoint }) < Self.pinLimit else {
      notice = PrintableText("\(Self.pinLimit) points are pinned; Tab selects one, x removes it")
      return
    }
    editing(.regions) { $0.regions.add(region) }
    isTraceOpen = true
  }

  private mutating func zoomToRegion() {
    let outline = draft?.outline ?? regions.selected?.region.outline
    guard let box = outline?.box else {
      notice = PrintableText("no region is selected; Tab selects one")
      return
    }
    let (shape, canvas) = (recording.shape, canvas)
    editing(.view) {
      $0.viewport.show(
        x: box.x, y: box.y, width: box.width, height: box.height, frameColumns: shape.columns,
        frameRows: shape.rows, canvas: canvas)
    }
  }
}

/// A kept region that a draft changes.
struct DraftTarget: Equatable, Sendable {
  /// True once the edit has a place in the undo list.
  var hasChanged = false
}

extension RegionOfInterest.Outline {
  /// The smallest box of whole pixels around it.
  public var box: (x: Int, y: Int, width: Int, height: Int) {
    switch self {
    case .rectangle(let x, let y, let width, let height),
      .ellipse(let x, let y, let width, let height):
      return (x, y, width, height)
    case .point(let x, let y): return (x, y, 1, 1)
    case .polygon(let vertices):
      let left = Int(vertices.reduce(.infinity) { min($0, $1.x) }.rounded(.down))
      let top = Int(vertices.reduce(.infinity) { min($0, $1.y) }.rounded(.down))
      let right = Int(vertices.reduce(-.infinity) { max($0, $1.x) }.rounded(.up))
      let bottom = Int(vertices.reduce(-.infinity) { max($0, $1.y) }.rounded(.up))
      return (left, top, max(1, right - left), max(1, bottom - top))
    }
  }
}
