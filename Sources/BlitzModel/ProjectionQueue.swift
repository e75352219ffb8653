public import BlitzCore

/// A projection that somebody wants to see.
public struct ProjectionWish: Equatable, Sendable {
  /// The reduction.
  public let projection: Projection
  /// Over which positions.
  public let range: FrameRange
  /// What is done to frames before.
  public let corrections: Corrections
  /// How many frames the loader had delivered.
  public let arrived: Int

  /// A wish; nothing is checked here.
  public init(
    _ projection: Projection, over range: FrameRange, of corrections: Corrections, arrived: Int
  ) {
    (self.projection, self.range) = (projection, range)
    (self.corrections, self.arrived) = (corrections, arrived)
  }

  /// What is shown when it is fulfilled.
  public var plane: Plane { .projection(projection, range) }

  /// True when the pass over the frames that fulfils one fulfils the other: they differ at most in the
  /// reduction, and every one but the median comes from one pass.
  public func sharesPass(with other: ProjectionWish) -> Bool {
    range == other.range && corrections == other.corrections
      && (projection == other.projection || projection != .median && other.projection != .median)
  }
}

/// Which projection is computed, and which is wanted next.
///
/// The newest wish wins: one that takes another pass stops the one being computed. One that comes from
/// the same pass joins it, and nothing already read is thrown away; when more frames have arrived since
/// it began, that wish comes after it, so that a projection is seen growing.
public struct ProjectionQueue: Sendable {
  /// A pass over the frames.
  public struct Job: Sendable {
    /// What it is for: the newest wish that shares it.
    public fileprivate(set) var wish: ProjectionWish
    /// Stops it.
    public let flag = CancellationFlag()
    /// True when the person stopped it, so that what there is of it is to be shown.
    public fileprivate(set) var isStopped = false
  }

  /// The pass that is being made.
  public private(set) var running: Job?
  private var wanted: ProjectionWish?

  /// Nothing wanted.
  public init() {}

  /// Takes a wish.
  ///
  /// - Returns: True when nothing was running, so that somebody must begin to call `next`.
  public mutating func want(_ wish: ProjectionWish) -> Bool {
    guard let job = running else {
      wanted = wish
      running = Job(wish: wish)
      return true
    }
    wanted = wish
    guard job.wish.sharesPass(with: wish), !job.flag.isCancelled else {
      job.flag.cancel()
      return false
    }
    if job.wish.arrived >= wish.arrived { wanted = nil }
    running?.wish = ProjectionWish(
      wish.projection, over: wish.range, of: wish.corrections, arrived: job.wish.arrived)
    return false
  }

  /// The next pass to make; nil when there is none, and nothing runs from then on.
  public mutating func next() -> Job? {
    running = wanted.map { Job(wish: $0) }
    wanted = nil
    return running
  }

  /// Forgets what is wanted, and stops the pass that makes a plane.
  ///
  /// - Returns: False when no pass makes it, or it was stopped before.
  public mutating func stop(_ plane: Plane, of corrections: Corrections) -> Bool {
    wanted = nil
    guard let job = running, job.wish.plane == plane, job.wish.corrections == corrections,
      !job.flag.isCancelled
    else { return false }
    running?.isStopped = true
    job.flag.cancel()
    return true
  }
}
