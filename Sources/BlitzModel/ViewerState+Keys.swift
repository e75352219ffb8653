import BlitzCore

extension ViewerState {
  /// Takes a key: the prompt first, then a mark's letter, digits, a focused tool, the keymap.
  mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    runningSearch = nil
    if let effects = pressAfterDrawing(key) { return effects }
    if key != .control("c") { isQuitArmed = false }
    if key != "q", key != "Q" { leavesWhenSaved = false }
    if prompt != nil { return edit(key) }
    if let effects = pressInList(key) { return effects }
    if let prefix = pendingMark { return finishMark(prefix, key) }
    if takeDigit(key) { return [] }
    if count.value != nil, key.code == .backspace {
      count.deleteLast()
      return []
    }
    if let effects = pressInSheet(key) ?? pressInRegionTool(key) ?? pressInLevelTool(key)
      ?? pressInTool(key)
    {
      return effects
    }
    guard let action = action(for: key) else {
      _ = count.take()
      notice = reservedKeys[key].map { PrintableText("\(key): \($0) is not there yet") }
      return []
    }
    return perform(action, count: action == .leave ? nil : count.take())
  }

  /// Enter behind a region that the mouse has drawn confirms it, and does nothing else.
  private mutating func pressAfterDrawing(_ key: Key) -> [Effect]? {
    guard let name = freshRegion.take(), key.code == .enter, prompt == nil, overlay == nil
    else { return nil }
    notice = PrintableText("ROI \(name) is kept")
    return []
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
    case (.backspace, _) where prompt?.text.isEmpty == true: prompt = nil
    case (.up, _): if prompt?.purpose == .command { prompt?.recall(-1, from: history) }
    case (.down, _): if prompt?.purpose == .command { prompt?.recall(1, from: history) }
    case (.tab, _): if prompt?.purpose == .command { complete() }
    default: prompt?.edit(key)
    }
    return []
  }

  private mutating func submit() -> [Effect] {
    guard let (line, purpose) = prompt.map({ ($0.text, $0.purpose) }) else { return [] }
    prompt = nil
    switch purpose {
    case .save(let request): return save(request, as: line)
    case .correction(let field):
      set(field, to: line)
      return []
    case .command: break
    }
    guard line.contains(where: { $0 != " " }) else { return [] }
    remember(line)
    switch CommandLine.parse(line) {
    case .success(let action): return perform(action, count: nil)
    case .failure(let mistake):
      notice = mistake.text
      return []
    }
  }

  /// Puts a line at the end of the history, once; the oldest of many are forgotten.
  private mutating func remember(_ line: String) {
    history.removeAll { $0 == line }
    history.append(line)
    if history.count > Prompt.historyLimit { history.removeFirst() }
  }

  private mutating func complete() {
    let names = regions.entries.compactMap(\.region.name)
    guard let typed = prompt?.text,
      let longer = CommandLine.completion(of: typed, regions: names)
    else { return }
    prompt?.replace(with: longer.text)
    let list = longer.candidates.map { $0.dropFirst(typed.prefixOfArguments) }
    prompt?.note = list.isEmpty ? nil : PrintableText(list.joined(separator: "  "))
  }
}

extension String {
  /// Characters up to the last word, which need not be repeated.
  fileprivate var prefixOfArguments: Int {
    lastIndex(of: " ").map { distance(from: startIndex, to: $0) + 1 } ?? 0
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
}
