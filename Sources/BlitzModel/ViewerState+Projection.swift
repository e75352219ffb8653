import BlitzCore

/// What kind of values are on the screen: each kind has levels of its own.
struct PlaneLook: Hashable, Sendable {
  let projection: Projection?
  let corrections: Corrections
}

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
    changingLook { $0.projection = wanted }
  }

  private var look: PlaneLook { PlaneLook(projection: projection, corrections: corrections.active) }

  /// Runs a change of what is shown and brings levels along that suit it.
  mutating func changingLook(_ change: (inout ViewerState) -> Void) {
    let before = look
    change(&self)
    guard look != before else { return }
    levelMemory[before] = LevelMemory(levels: display.levels, trim: display.trim)
    projecting = nil
    guard !display.isLocked else { return }
    if let known = levelMemory[look], known.levels != nil {
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
