extension ViewerState {
  /// Takes a key: the prompt first, then a mark's letter, digits, a focused tool, the keymap.
  mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    if key != .control("c") { isQuitArmed = false }
    if prompt != nil { return edit(key) }
    if let prefix = pendingMark { return finishMark(prefix, key) }
    if takeDigit(key) { return [] }
    if count.value != nil, key.code == .backspace {
      count.deleteLast()
      return []
    }
    if let effects = pressInRegionTool(key) ?? pressInLevelTool(key) ?? pressInTool(key) {
      return effects
    }
    guard let action = action(for: key) else {
      _ = count.take()
      return []
    }
    return perform(action, count: action == .leave ? nil : count.take())
  }

  private mutating func takeDigit(_ key: Key) -> Bool {
    guard key.modifiers.isEmpty, case .character(let scalar) = key.code,
      "0"..."9" ~= scalar
    else { return false }
    count.append(digit: Int(scalar.value) - 0x30)
    return true
  }

  private mutating func finishMark(_ prefix: MarkPrefix, _ key: Key) -> [Effect] {
    pendingMark = nil
    guard case .character(let letter) = key.code, key.modifiers.isEmpty,
      letter.properties.isAlphabetic
    else { return [] }
    return perform(prefix == .set ? .setMark(letter) : .jumpToMark(letter), count: nil)
  }

  /// Arrows and Enter while a tool has the arrows; nil when the key is not the tool's.
  private mutating func pressInTool(_ key: Key) -> [Effect]? {
    if overlay != nil, let step = key.scrollStep {
      overlayTop = max(0, overlayTop + step * min(count.take() ?? 1, 10_000))
      return []
    }
    guard focus != .frames else { return nil }
    if key.code == .enter {
      focus = .frames
      return []
    }
    guard key.modifiers.isSubset(of: .shift), let direction = key.arrow else { return nil }
    let times = min(count.take() ?? 1, 1 << 16) * (key.modifiers.contains(.shift) ? 10 : 1)
    switch focus {
    case .crosshair: moveCrosshair(direction.columns * times, direction.rows * times)
    case .pan: pan(direction.columns * times, direction.rows * times)
    case .frames, .region, .levels: break
    }
    return []
  }

  private mutating func edit(_ key: Key) -> [Effect] {
    switch (key.code, key.modifiers) {
    case (.enter, _): return submit()
    case (.escape, _), (.character("c"), .control): prompt = nil
    case (.backspace, _):
      if prompt?.text.isEmpty == true { prompt = nil } else { prompt?.deleteBack() }
    case (.delete, _): prompt?.deleteForward()
    case (.left, _): prompt?.move(by: -1)
    case (.right, _): prompt?.move(by: 1)
    case (.home, _), (.character("a"), .control): prompt?.moveToStart()
    case (.end, _), (.character("e"), .control): prompt?.moveToEnd()
    case (.up, _): prompt?.recall(-1, from: history)
    case (.down, _): prompt?.recall(1, from: history)
    case (.character("u"), .control): prompt?.replace(with: "")
    case (.tab, _): complete()
    case (.character(let scalar), []): prompt?.insert(String(Character(scalar)))
    default: break
    }
    return []
  }

  private mutating func submit() -> [Effect] {
    guard let line = prompt?.text else { return [] }
    prompt = nil
    guard line.contains(where: { $0 != " " }) else { return [] }
    if history.last != line { history.append(line) }
    switch CommandLine.parse(line) {
    case .success(let action): return perform(action, count: nil)
    case .failure(let mistake):
      notice = mistake.text
      return []
    }
  }

  private mutating func complete() {
    guard let typed = prompt?.text, let longer = CommandLine.completion(of: typed) else { return }
    prompt?.replace(with: longer)
  }
}

extension Key {
  var arrow: (columns: Int, rows: Int)? {
    switch code {
    case .left: (-1, 0)
    case .right: (1, 0)
    case .up: (0, -1)
    case .down: (0, 1)
    default: nil
    }
  }

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
