import BlitzCore

extension ViewerState {
  mutating func changeDisplay(_ action: Action) {
    switch action {
    case .nextColorMap where recording.hasColors, .setColorMap where recording.hasColors,
      .invertColors where recording.hasColors:
      notice = PrintableText("a recording in colour is shown in its own colours")
    case .autoLevels:
      display.isLocked = false
      display.nextTrim()
      requestFit(trim: display.trim ?? 1)
    case .toggleLevelLock:
      display.isLocked.toggle()
      if display.isLocked, isFitTentative { fitWanted = nil }
    case .setLevels(let darkest, let brightest):
      guard let levels = LevelWindow(darkest: darkest, brightest: brightest) else {
        let areNumbers = darkest.isFinite && brightest.isFinite
        notice = PrintableText(
          areNumbers
            ? "levels: the first must not exceed the second" : "levels: both must be finite numbers"
        )
        return
      }
      display.levels = levels
      display.trim = nil
      fitWanted = nil
      // A fit that is on its way must not take them back.
      fitGeneration += 1
    case .nextColorMap: display.colorMap = (display.colorMap + 1) % LookupTable.builtin.count
    case .setColorMap(let name):
      if let index = LookupTable.builtin.firstIndex(where: { $0.name == name }) {
        display.colorMap = index
      }
    case .invertColors: display.isInverted.toggle()
    case .cycleTransfer: display.transfer = display.transfer.next
    case .toggleMarks: display.hasMarks.toggle()
    case .cyclePooling: display.pooling = display.pooling.next
    default: break
    }
  }

  mutating func changeView(_ action: Action, count: Int?) {
    let shape = recording.shape
    switch action {
    case .zoom(let step):
      let scale = viewport.scale(
        frameColumns: shape.columns, frameRows: shape.rows, canvas: canvas)
      guard scale > 0 else { return }
      editing(.view) { $0.viewport.zoom(step, times: count ?? 1, from: scale) }
    case .toggleFit: editing(.view) { $0.viewport.toggleFit() }
    case .pan(let columns, let rows):
      let times = min(count ?? 1, 1 << 16)
      pan(columns * times, rows * times)
    case .togglePanTool: focus = focus == .pan ? .frames : .pan
    case .toggleCrosshair: toggleCrosshair()
    case .flip(let axis): editing(.view) { $0.viewport.orientation.flip(axis) }
    case .rotate: editing(.view) { $0.viewport.orientation.rotate() }
    default: break
    }
  }

  /// From what the terminal says through the usual fonts and back.
  mutating func nextCellAspect() {
    let usual = [1.6, 1.8, 2.0, 2.2, 2.5]
    cellAspect = usual.first { $0 > cellAspect ?? 0 }
    notice = PrintableText(
      "cells \(cellAspect.map { "\($0.text()) times as high as wide" } ?? "as the terminal says")")
  }

  mutating func pan(_ columns: Int, _ rows: Int) {
    guard let placement else { return }
    let shape = recording.shape
    editing(.view) {
      $0.viewport.pan(
        columns: columns, rows: rows, visible: placement, frameColumns: shape.columns,
        frameRows: shape.rows)
    }
  }

  /// The crosshair starts in the middle of what is visible and has the arrows until Enter.
  private mutating func toggleCrosshair() {
    guard crosshair == nil else {
      crosshair = nil
      if focus == .crosshair { focus = .frames }
      return
    }
    guard let placement else { return }
    crosshair = PixelPoint(
      x: placement.x + placement.width / 2, y: placement.y + placement.height / 2)
    focus = .crosshair
  }

  /// Moves it as the screen shows it.
  mutating func moveCrosshair(_ columns: Int, _ rows: Int) {
    guard let point = crosshair else { return }
    let step = viewport.orientation.sourceStep(columns, rows)
    crosshair = PixelPoint(
      x: min(max(point.x + step.columns, 0), recording.shape.columns - 1),
      y: min(max(point.y + step.rows, 0), recording.shape.rows - 1))
  }
}
