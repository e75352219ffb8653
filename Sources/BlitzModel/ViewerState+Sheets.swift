import BlitzCore

extension ViewerState {
  /// Keys of an open sheet; nil for a key that means what it always means.
  mutating func pressInSheet(_ key: Key) -> [Effect]? {
    switch overlay {
    case .exports: pressInExports(key)
    case .corrections: pressInPanel(key)
    case nil: nil
    default: scroll(key)
    }
  }

  /// Opens a sheet at its start, or closes it.
  mutating func toggle(_ sheet: Overlay) -> [Effect] {
    overlay = overlay == sheet ? nil : sheet
    (overlayTop, overlayRow) = (0, 0)
    return overlay.map { openList($0) } ?? []
  }

  /// Moves the chosen row of a sheet of `count` rows; false for another key.
  mutating func chooseRow(_ key: Key, of count: Int) -> Bool {
    guard let step = key.scrollStep else { return false }
    overlayRow = min(max(overlayRow + step * min(self.count.take() ?? 1, 10_000), 0), count - 1)
    return true
  }

  private mutating func scroll(_ key: Key) -> [Effect]? {
    guard let step = key.scrollStep else { return nil }
    overlayTop = max(0, overlayTop + step * min(count.take() ?? 1, 10_000))
    return []
  }

  private mutating func pressInExports(_ key: Key) -> [Effect]? {
    if chooseRow(key, of: Export.allCases.count) { return [] }
    guard key.code == .enter else { return nil }
    beginExport(Export.allCases[overlayRow])
    return []
  }
}

extension Key {
  /// Lines that a sheet moves by.
  fileprivate var scrollStep: Int? {
    switch code {
    case .up, .character("k"): -1
    case .down, .character("j"): 1
    case .pageUp: -10
    case .pageDown: 10
    default: nil
    }
  }
}
