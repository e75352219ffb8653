import BlitzCore

extension ViewerState {
  /// One of the two levels.
  public enum LevelEnd: Equatable, Sendable { case darkest, brightest }

  /// True while the mouse holds a level in the histogram: it follows wherever the pointer goes.
  public var holdsLevel: Bool { heldLevel != nil }

  /// Gives the arrows to the levels, with the histogram open, or back to the frames.
  mutating func toggleLevelTool() {
    guard focus != .levels else {
      focus = .frames
      return
    }
    endDraft()
    focus = .levels
    isHistogramOpen = true
  }

  /// Keys of the level tool; nil for a key that is not its own.
  mutating func pressInLevelTool(_ key: Key) -> [Effect]? {
    guard focus == .levels else { return nil }
    if key.code == .tab, key.modifiers.isSubset(of: .shift) {
      levelEnd = levelEnd == .darkest ? .brightest : .darkest
      return []
    }
    guard key.modifiers.isSubset(of: .shift), let direction = key.arrow else { return nil }
    let times = min(count.take() ?? 1, 1 << 16) * (key.modifiers.contains(.shift) ? 10 : 1)
    moveLevel(by: (direction.columns - direction.rows) * times)
    return []
  }

  /// The mouse takes hold of the level that is nearer to a value, and brings it there.
  mutating func holdLevel(at value: Double) {
    guard let levels = display.levels else { return }
    levelEnd =
      abs(value - levels.darkest) <= abs(value - levels.brightest) ? .darkest : .brightest
    heldLevel = levelEnd
    setLevel(value)
  }

  /// Brings the chosen level to a value, rounded to what can be told apart.
  mutating func setLevel(_ value: Double) {
    let step = levelStep
    set(levelEnd, to: (value / step).rounded() * step)
  }

  private mutating func moveLevel(by steps: Int) {
    guard let levels = display.levels else { return }
    let value = levelEnd == .darkest ? levels.darkest : levels.brightest
    setLevel(value + Double(steps) * levelStep)
  }

  /// One level never passes the other.
  private mutating func set(_ end: LevelEnd, to value: Double) {
    guard let levels = display.levels, value.isFinite else { return }
    switch end {
    case .darkest:
      changeDisplay(
        .setLevels(darkest: min(value, levels.brightest), brightest: levels.brightest))
    case .brightest:
      changeDisplay(.setLevels(darkest: levels.darkest, brightest: max(value, levels.darkest)))
    }
  }

  /// At most a hundredth of the samples' range, a 1, 2 or 5 with zeros, so that numbers stay short.
  private var levelStep: Double {
    let window = picture?.extent ?? display.levels ?? .unit
    let wanted = (window.brightest - window.darkest) / 100
    guard wanted > 0, wanted.isFinite else { return 1 }
    var step = 1.0
    while step * 10 <= wanted { step *= 10 }
    while step > wanted { step /= 10 }
    return step * 5 <= wanted ? step * 5 : step * 2 <= wanted ? step * 2 : step
  }
}
