public import BlitzCore

/// The outcome of reducing frames to one: a plane of samples for each projection asked for.
public struct ProjectionImages: Sendable {
  /// The extents of the stack; a plane has `shape.frameSize` samples.
  public let shape: StackShape
  /// The projections that `plane` has.
  public let operations: Set<Projection>
  /// The frames asked for.
  public let range: FrameRange
  /// Frames that took part, were not loaded yet, or were damaged; together `range.count`, but for
  /// those that were not reached.
  public let frameCount, pendingCount, damagedCount: Int

  /// What each standard deviation is divided by.
  public let freedom: DegreesOfFreedom

  let moments: [MomentTotal]
  let medians: [Double]
  let bands: RowBands
  /// What was left out when the work was stopped: frames by the moments, rows by the medians.
  let unreached: ProjectionShortfall

  /// What a projection lacks; not empty: to be labelled `partial`.
  public func shortfall(of operation: Projection) -> ProjectionShortfall {
    operation == .median
      ? ProjectionShortfall(frames: pendingCount, rows: unreached.rows)
      : ProjectionShortfall(frames: pendingCount + unreached.frames)
  }

  /// True when a projection lacks more than what had not arrived: its computation was stopped.
  public func isCut(_ operation: Projection) -> Bool {
    operation == .median ? unreached.rows > 0 : unreached.frames > 0
  }

  /// One projection in Double; nil when it was not asked for. All NaN when no frame took part.
  ///
  /// - Complexity: O(`shape.frameSize`), a new array.
  public func plane(_ operation: Projection) -> [Double]? {
    collect(operation) { $0 }
  }

  /// The same, rounded to `Float`.
  public func floatPlane(_ operation: Projection) -> [Float]? {
    collect(operation) { Float($0) }
  }

  private func collect<Value>(
    _ operation: Projection, _ convert: (Double) -> Value
  ) -> [Value]? {
    guard operations.contains(operation) else { return nil }
    guard frameCount > 0 else { return [Value](repeating: convert(.nan), count: shape.frameSize) }
    if operation == .median { return medians.map(convert) }
    var plane: [Value] = []
    plane.reserveCapacity(shape.frameSize + 3)
    for (band, total) in moments.enumerated() {
      let size = bands[band].count * shape.rowSize
      for group in 0..<laneGroups(size) {
        let lanes = total.lanes(operation, freedom, group: group)
        for lane in 0..<4 { plane.append(convert(lanes[lane])) }
      }
      plane.removeLast(4 * laneGroups(size) - size)
    }
    return plane
  }
}
