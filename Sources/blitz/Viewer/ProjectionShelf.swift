import BlitzCore
import BlitzModel

/// The projections that were computed last.
struct ProjectionShelf {
  /// What a projection is of.
  struct Key: Hashable {
    let plane: Plane
    let corrections: Corrections
  }

  /// A projection as far as it was computed.
  struct Finished: Sendable {
    let samples: [Float]
    /// How many frames the loader had delivered when it was asked for.
    let arrived: Int
    /// What it lacks.
    let shortfall: ProjectionShortfall
    /// True when it lacks more than what had not arrived: it was stopped.
    let isCut: Bool
  }

  private var planes: [Key: Finished] = [:]
  private var order: [Key] = []

  /// The oldest goes first; all but the median come four at a time.
  private static let capacity = 24

  /// What is kept of a projection.
  subscript(key: Key) -> Finished? { planes[key] }

  /// Keeps a plane; a part that was stopped takes no place from what is more.
  mutating func keep(_ plane: Finished, as key: Key) {
    if let known = planes[key], plane.isCut, plane.shortfall.exceeds(known.shortfall) { return }
    if planes.updateValue(plane, forKey: key) == nil { order.append(key) }
    if order.count > Self.capacity { planes[order.removeFirst()] = nil }
  }
}

extension ProjectionShortfall {
  fileprivate func exceeds(_ other: ProjectionShortfall) -> Bool {
    frames > other.frames || rows > other.rows
  }
}
