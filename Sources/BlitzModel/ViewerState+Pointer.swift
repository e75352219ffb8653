extension ViewerState {
  /// Takes a mouse report: the wheel steps or zooms, the timeline seeks, the image is probed.
  mutating func point(_ pointer: PointerEvent) -> [Effect] {
    let event = pointer.event
    switch (event.button, event.kind) {
    case (.wheelUp, _), (.wheelDown, _): return wheel(event)
    case (.left, .press), (.left, .drag): return leftButton(pointer.target)
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

  private mutating func leftButton(_ target: PointerEvent.Target) -> [Effect] {
    switch target {
    case .timeline(let position): return moving { $0.playback.move(to: position) }
    case .image(let point):
      hover = point
      if crosshair != nil { crosshair = point }
    case .elsewhere: break
    }
    return []
  }
}
