import BlitzCore

extension ViewerState {
  /// Takes a mouse report: the wheel steps or zooms, the timeline seeks, the image is probed.
  mutating func point(_ pointer: PointerEvent) -> [Effect] {
    let event = pointer.event
    switch (event.button, event.kind) {
    case (.wheelUp, _), (.wheelDown, _): return wheel(event)
    case (.left, .press): return press(on: pointer.target)
    case (.left, .drag): return drag(to: pointer.target)
    case (.middle, .press), (.right, .press), (.middle, .drag), (.right, .drag):
      dragView(pointer)
    case (_, .release): release()
    default: break
    }
    if case .image(let point) = pointer.target { hover = point } else { hover = nil }
    return []
  }

  private mutating func wheel(_ event: MouseEvent) -> [Effect] {
    let isUp = event.button == .wheelUp
    if event.modifiers.contains(.control) {
      return perform(.zoom(isUp ? .closer : .farther), count: nil)
    }
    return perform(.step(frames: isUp ? -1 : 1), count: nil)
  }

  /// The timeline and the trace seek; on the image a drag begins, of the region under the pointer if
  /// there is one.
  private mutating func press(on target: PointerEvent.Target) -> [Effect] {
    switch target {
    case .timeline(let position): return moving { $0.playback.move(to: position) }
    case .image(let point):
      hover = point
      if crosshair != nil { crosshair = point }
      let index = regions.entries.lastIndex { $0.region.outline.boxContains(point) }
      grip = Grip(start: point, last: point, region: index)
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
    viewport.shift(
      x: held.x - point.x, y: held.y - point.y, visible: placement,
      frameColumns: recording.shape.columns, frameRows: recording.shape.rows)
  }

  private mutating func drag(to target: PointerEvent.Target) -> [Effect] {
    switch target {
    case .timeline(let position) where grip == nil:
      return moving { $0.playback.move(to: position) }
    case .histogram(let value) where holdsLevel: setLevel(value)
    case .image(let point):
      hover = point
      guard let grip else { break }
      if crosshair != nil {
        crosshair = point
      } else if let index = grip.region {
        dragRegion(index, from: grip.last, to: point)
      } else {
        startDraft(from: grip.start, to: point)
      }
      self.grip?.last = point
    default: break
    }
    return []
  }

  /// A region drawn with the mouse is kept when the button is let go.
  private mutating func release() {
    (heldLevel, heldPixel) = (nil, nil)
    guard let grip else { return }
    if grip.last != grip.start { keepDraft(startsNext: false) }
    self.grip = nil
  }

  private mutating func dragRegion(_ index: Int, from: PixelPoint, to point: PixelPoint) {
    if grip?.hasMoved == false {
      edit(selected: index)
      grip?.hasMoved = true
    }
    shiftDraft(point.x - from.x, point.y - from.y)
  }
}

/// What the left button holds while it is down on the image.
struct Grip: Equatable, Sendable {
  let start: PixelPoint
  var last: PixelPoint
  /// The region under the start, by its place in the list.
  let region: Int?
  var hasMoved = false
}

extension RegionOfInterest.Outline {
  fileprivate func boxContains(_ point: PixelPoint) -> Bool {
    let box = box
    return box.x..<box.x + box.width ~= point.x && box.y..<box.y + box.height ~= point.y
  }
}
