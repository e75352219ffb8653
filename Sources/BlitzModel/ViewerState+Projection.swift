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
    // Levels still to be fitted are those of what was shown before, or of a plane that has none.
    levelMemory[before] =
      fitWanted == nil ? LevelMemory(levels: display.levels, trim: display.trim) : nil
    (projecting, projectingSeconds) = (nil, nil)
    stoppedPlane = nil
    guard !display.isLocked else { return }
    if let known = levelMemory[look], known.levels != nil {
      (display.levels, display.trim) = (known.levels, known.trim)
      fitWanted = nil
    } else {
      requestFit(trim: display.trim ?? 1)
    }
  }

  /// True while the person waits for the projection to be seen for the first time.
  private var isComputing: Bool { projection != nil && (awaitsProjection || isWaiting) }

  /// Stops computing the projection; a second time, or with nothing to stop, it leaves it.
  mutating func leaveProjection() -> [Effect] {
    if isComputing, !isStopped { return stopProjection() }
    show(nil)
    return []
  }

  /// Stops computing the projection, of which what there is stays on the screen; nil when none is.
  mutating func interruptProjection() -> [Effect]? {
    guard projecting != nil || isComputing else { return nil }
    return isStopped ? leaveProjection() : stopProjection()
  }

  private mutating func stopProjection() -> [Effect] {
    (projecting, projectingSeconds) = (nil, nil)
    stoppedPlane = plane
    return [.stopProjection(plane, corrections.active)]
  }

  /// Hears that there is nothing to show of a projection that was stopped.
  mutating func projectionStopped(_ plane: Plane) {
    guard isStopped, plane == self.plane else { return }
    notice = PrintableText(
      "\(projection?.rawValue ?? "projection") stopped before any of it was done")
    show(nil)
  }

  mutating func cycleProjection() {
    let index = projection.flatMap { Self.cycle.firstIndex(of: $0) } ?? -1
    show(index + 1 < Self.cycle.count ? Self.cycle[index + 1] : nil)
  }
}
