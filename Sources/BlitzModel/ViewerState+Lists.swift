import BlitzCore

extension ViewerState {
  /// Keys of a list that takes every key; nil when none is open.
  mutating func pressInList(_ key: Key) -> [Effect]? {
    switch overlay {
    case .palette: pressInPalette(key)
    case .files: pressInFiles(key)
    default: nil
    }
  }

  /// Pasted text goes where typed text would.
  mutating func paste(_ text: String) {
    switch overlay {
    case _ where prompt != nil: prompt?.insert(text)
    case .palette: palette.insert(text)
    case .files: files.insert(text)
    default: break
    }
  }

  /// Opens a list anew.
  mutating func openList(_ sheet: Overlay) -> [Effect] {
    switch sheet {
    case .palette: palette = Palette()
    case .files:
      files = FileBrowser()
      return [.listFiles]
    default: break
    }
    return []
  }

  private mutating func pressInPalette(_ key: Key) -> [Effect] {
    switch palette.press(key) {
    case .narrowed, .moved: return []
    case .left: overlay = nil
    case .accepted:
      guard let act = palette.chosen else { return [] }
      overlay = nil
      switch act {
      case .perform(let action): return perform(action, count: nil)
      case .begin(let text): prompt = Prompt(text: text)
      }
    }
    return []
  }

  private mutating func pressInFiles(_ key: Key) -> [Effect] {
    switch files.press(key) {
    case .narrowed, .moved: return []
    case .left: overlay = nil
    case .accepted:
      guard let file = files.chosen else { return [] }
      guard let frame = file.frame else {
        notice = PrintableText("\(file.name) takes no part: \(file.fault?.text ?? "skipped")")
        return []
      }
      overlay = nil
      return perform(.goTo(frame: frame), count: nil)
    }
    return []
  }
}
