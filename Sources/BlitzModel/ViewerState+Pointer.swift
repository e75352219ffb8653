import BlitzCore

extension ViewerState {
  /// Where the mouse holds something; drags belong there, wherever the pointer is.
  public var heldPlace: PointerEvent.Place? { grip?.place }

  /// Takes a mouse report: the wheel steps or zooms, the timeline seeks, the image is probed.
  mutating func point(_ pointer: PointerEvent) -> [Effect] {
    let event = pointer.event
    if event.kind == .press { beginGesture() }
    switch (event.button, event.kind) {
    case (.wheelUp, _), (.wheelDown, _): return wheel(pointer)
    case (.left, .press): return press(on: pointer.target)
    case (.right, .press):
      if case .timeline(let position, _) = pointer.target {
        takeNewRange(position)
      } else {
        dragView(pointer)
      }
    case (.right, .drag) where grip != nil: return drag(to: pointer.target)
    case (.left, .drag): return drag(to: pointer.target)
    case (.middle, .press), (.middle, .drag), (.right, .drag): dragView(pointer)
    case (_, .release): return release()
    default: break
    }
    if case .image(let point) = pointer.target { hover = point } else { hover = nil }
    return []
  }

  /// What there was to tell has been seen; a notice that still says what will happen stays.
  private mutating func beginGesture() {
    if !leavesWhenSaved { notice = nil }
    (isQuitArmed, runningSearch, freshRegion) = (false, nil, nil)
  }

  /// On what shows time the wheel zooms it, on all else it steps frames, or zooms the image with Ctrl.
  private mutating func wheel(_ pointer: PointerEvent) -> [Effect] {
    let isUp = pointer.event.button == .wheelUp
    switch pointer.target {
    case .timeline, .trace:
      return perform(.zoomTimeline(isUp ? .closer : .farther), count: nil)
    case .image, .histogram, .elsewhere:
      if pointer.event.modifiers.contains(.control) {
        return perform(.zoom(isUp ? .closer : .farther), count: nil)
      }
      return perform(.step(frames: isUp ? -1 : 1), count: nil)
    }
  }

  private mutating func press(on target: PointerEvent.Target) -> [Effect] {
    switch target {
    case .timeline(let position, let part): return takeTimeline(position, part)
    case .trace(let position):
      grip = Grip(.playhead, on: .trace)
      show(nil)
      return moving { $0.playback.move(to: position) }
    case .image(let point):
      hover = point
      takeImage(at: point)
    case .histogram(let value): holdLevel(at: value)
    case .elsewhere: break
    }
    return []
  }

  /// The middle or the right button moves the view: the pixel under it goes where the pointer goes.
  private mutating func dragView(_ pointer: PointerEvent) {
    guard case .image(let point) = pointer.target else { return }
    guard let held = heldPixel, pointer.event.kind == .drag, let placement else {
      heldPixel = point
      return
    }
    let shape = recording.shape
    editing(.view) {
      $0.viewport.shift(
        x: held.x - point.x, y: held.y - point.y, visible: placement,
        frameColumns: shape.columns, frameRows: shape.rows)
    }
  }

  private mutating func drag(to target: PointerEvent.Target) -> [Effect] {
    if case .histogram(let value) = target, holdsLevel { setLevel(value) }
    guard let held = grip?.held else { return [] }
    grip?.hasMoved = true
    switch target {
    case .timeline(let position, _), .trace(let position):
      return dragTimeline(held, to: position)
    case .image(let point):
      hover = point
      dragImage(held, to: point)
    case .histogram, .elsewhere: break
    }
    return []
  }

  private mutating func release() -> [Effect] {
    (heldLevel, heldPixel) = (nil, nil)
    guard let grip else { return [] }
    self.grip = nil
    switch (grip.held, grip.hasMoved) {
    // A click into the range goes to the frame there, as everywhere on the timeline.
    case (.range(_, let position), false): return moving { $0.playback.move(to: position) }
    case (.keptRegion(let index, _), false): regions.select(index: index)
    // What the mouse drew or changed is kept when the button is let go.
    case (.newRegion, true):
      keepDraft(startsNext: false)
      freshRegion = regions.selected?.region.name
    case (.draft, true) where draftTarget != nil:
      keepDraft(startsNext: false)
      freshRegion = regions.selected?.region.name
    default: break
    }
    return []
  }

  /// The draft comes first, then the crosshair, then kept regions from the front, then empty ground.
  private mutating func takeImage(at point: PixelPoint) {
    if let draft, draftTarget == nil, draft.shape == .polygon {
      dropVertex(at: point)
    } else if let draft, let part = draft.outline?.part(at: point, reach: reach) {
      grip = Grip(.draft(draft, part), on: .image)
    } else if draft == nil, crosshair != nil {
      crosshair = point
      grip = Grip(.crosshair, on: .image)
    } else if !draftsNewRegion, let (index, part) = keptRegion(at: point) {
      grip = Grip(.keptRegion(index, part), on: .image)
    } else {
      grip = Grip(.newRegion(from: point), on: .image)
    }
  }

  private mutating func dragImage(_ held: Grip.Held, to point: PixelPoint) {
    switch held {
    case .crosshair: crosshair = point
    case .newRegion(let start): startDraft(from: start, to: point)
    case .keptRegion(let index, let part):
      edit(selected: index)
      guard let draft else { return }
      grip?.held = .draft(draft, part)
      changeDraft { $0.drag(draft, part, to: point, in: $1) }
    case .draft(let draft, let part):
      changeDraft { $0.drag(draft, part, to: point, in: $1) }
    case .playhead, .rangeEnd, .range: break
    }
  }

  /// Adds a corner to the polygon being drawn, which can be dragged on.
  private mutating func dropVertex(at point: PixelPoint) {
    draft?.moveCursor(to: point)
    draft?.addVertex()
    guard let draft, !draft.vertices.isEmpty else { return }
    grip = Grip(.draft(draft, .vertex(draft.vertices.count - 1)), on: .image)
  }

  private func keptRegion(at point: PixelPoint) -> (index: Int, part: RegionPart)? {
    for (index, entry) in regions.entries.enumerated().reversed() {
      if let part = entry.region.outline.part(at: point, reach: reach) { return (index, part) }
    }
    return nil
  }

  /// What a cell of the screen covers of the frame: as near as the mouse can aim.
  private var reach: (x: Double, y: Double) {
    guard let placement else { return (0, 0) }
    let cells = placement.orientation.exchanged(
      (placement.columns / placement.cells.pixelColumns, placement.rows / 2))
    return (
      Double(placement.width) / Double(max(cells.0, 1)),
      Double(placement.height) / Double(max(cells.1, 1))
    )
  }
}
