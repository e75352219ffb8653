import BlitzCore

/// The levels that a plane was last shown with.
struct LevelMemory: Equatable, Sendable {
  let levels: LevelWindow?
  let trim: Double?
}

extension ViewerState {
  /// In the order that `p` goes through.
  private static let cycle: [Projection] = [.mean, .std, .min, .max, .median]

  /// Shows a projection, or the frame; levels are fitted the first time and remembered.
  mutating func show(_ wanted: Projection?) {
    guard wanted != projection else { return }
    levelMemory[projection] = LevelMemory(levels: display.levels, trim: display.trim)
    projection = wanted
    projecting = nil
    guard !display.isLocked else { return }
    if let known = levelMemory[wanted], known.levels != nil {
      (display.levels, display.trim) = (known.levels, known.trim)
      fitWanted = nil
    } else {
      requestFit(trim: display.trim ?? 1)
    }
  }

  mutating func cycleProjection() {
    let index = projection.flatMap { Self.cycle.firstIndex(of: $0) } ?? -1
    show(index + 1 < Self.cycle.count ? Self.cycle[index + 1] : nil)
  }
}
