import BlitzCore
import BlitzKernels
import BlitzModel
import Dispatch
import Synchronization

/// Computes projections for the viewer and keeps them, so that toggling back is instant.
///
/// What follows from what is known is not computed again: corrections by a plane follow from the moments
/// of raw frames, and from the raw median, which is kept for that. A projection that the person stops is
/// kept as far as it is.
///
/// `ProjectionQueue` says which comes next.
/// Blocks of frames are folded behind the loader, which makes ranges cheap (`BlockPartials`).
final class ProjectionWorker: Sendable {
  /// The median that was computed last, of raw frames.
  fileprivate struct RawMedian {
    let images: ProjectionImages
    let arrived: Int
  }

  fileprivate struct State {
    var finished = ProjectionShelf()
    var queue = ProjectionQueue()
    var rawMedian: RawMedian?
    var isFolding = false
    var foldsAgain = false
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "projection", qos: .userInitiated)
  private let foldQueue = DispatchQueue(label: "partials", qos: .utility)
  private let desk: CorrectionDesk
  private let partials: BlockPartials?
  private let threads: Int
  private let mailbox: Mailbox

  /// What one pass gives: all but the median.
  private static let together: Set<Projection> = [.mean, .std, .min, .max]

  /// A worker over a stack that may still be loading.
  init(desk: CorrectionDesk, threads: Int, mailbox: Mailbox) {
    (self.desk, self.threads, self.mailbox) = (desk, threads, mailbox)
    partials = BlockPartials(of: desk.raw)
  }

  /// The newest finished projection of a plane, perhaps of fewer frames than have arrived since;
  /// asks for a newer one when there is none of `arrived` frames.
  func plane(
    _ projection: Projection, over range: FrameRange, of corrections: Corrections, arrived: Int
  ) -> ProjectionShelf.Finished? {
    let wish = ProjectionWish(projection, over: range, of: corrections, arrived: arrived)
    return state.withLock { state in
      let known = state.finished[ProjectionShelf.Key(plane: wish.plane, corrections: corrections)]
      if known.map({ $0.arrived < arrived || $0.isCut }) ?? true { want(wish, &state) }
      return known
    }
  }

  /// A plane as far as it is known; asks for nothing.
  func known(
    _ projection: Projection, over range: FrameRange, of corrections: Corrections
  ) -> ProjectionShelf.Finished? {
    let key = ProjectionShelf.Key(plane: .projection(projection, range), corrections: corrections)
    return state.withLock { $0.finished[key] }
  }

  /// Stops computing a plane; what there is of it is kept, and posted like one that is finished.
  /// Posts `projectionStopped` where there is nothing.
  func stop(_ plane: Plane, of corrections: Corrections) {
    let key = ProjectionShelf.Key(plane: plane, corrections: corrections)
    let isRunning = state.withLock { $0.queue.stop(plane, of: corrections) }
    if !isRunning { tellOfPart(key) }
  }

  /// Tells what there is of a plane whose computation was stopped.
  private func tellOfPart(_ key: ProjectionShelf.Key) {
    let isKnown = state.withLock { $0.finished[key] != nil }
    mailbox.post(isKnown ? .projecting(key.plane, 1) : .projectionStopped(key.plane))
  }

  /// Folds the blocks that have become complete, behind the loader's back.
  func framesArrived() {
    guard let partials else { return }
    let starts = state.withLock { state in
      state.foldsAgain = true
      defer { state.isFolding = true }
      return !state.isFolding
    }
    guard starts else { return }
    foldQueue.async { [self] in
      while state.withLock({ $0.takeFold() }) {
        // Nothing here can fail but a file that vanished, which the projection itself will report.
        _ = try? partials.foldReadyBlocks(threads: 1)
      }
    }
  }

  private func want(_ wish: ProjectionWish, _ state: inout State) {
    if state.queue.want(wish) { queue.async { [self] in work() } }
  }

  private func work() {
    while let (wish, flag) = next() {
      do throws(BlitzError) {
        // Corrections that are not ready post a message, which brings the wish back.
        guard let source = desk.source(wish.corrections) else { continue }
        let images = try compute(wish, source, flag)
        guard !flag.isCancelled || current(wish).isStopped else { continue }
        keep(images, for: wish)
        // Only now: whoever finds nothing on the shelf has joined by then, and is told.
        mailbox.post(.projecting(current(wish).plane, 1))
      } catch {
        let (isStopped, plane) = current(wish)
        if error.kind != .cancelled {
          mailbox.post(.projectionFailed(plane, PrintableText(error.description)))
        } else if isStopped {
          tellOfPart(ProjectionShelf.Key(plane: plane, corrections: wish.corrections))
        }
      }
    }
  }

  /// Whether the running pass was stopped, and the plane that it is for by now.
  private func current(_ wish: ProjectionWish) -> (isStopped: Bool, plane: Plane) {
    state.withLock { state in
      (state.queue.running?.isStopped ?? false, state.queue.running?.wish.plane ?? wish.plane)
    }
  }

  private func next() -> (ProjectionWish, CancellationFlag)? {
    state.withLock { $0.queue.next() }.map { ($0.wish, $0.flag) }
  }

  private func compute(
    _ wish: ProjectionWish, _ source: any SampleSource, _ flag: CancellationFlag
  ) throws(BlitzError) -> ProjectionImages {
    guard wish.projection == .median else { return try project(Self.together, wish, source, flag) }
    guard let corrected = source as? CorrectedSource, corrected.isSameForEveryFrame else {
      let images = try project([.median], wish, source, flag)
      if wish.corrections.isEmpty { keepRaw(images, wish) }
      return images
    }
    let known = state.withLock { $0.rawMedian }
    var raw = known.flatMap { $0.isOf(wish) ? $0.images : nil }
    if raw == nil {
      raw = try project([.median], wish, desk.raw, flag)
      if let raw { keepRaw(raw, wish) }
    }
    if let images = raw?.corrected(by: corrected) { return images }
    return try project([.median], wish, source, flag)
  }

  private func project(
    _ operations: Set<Projection>, _ wish: ProjectionWish, _ source: any SampleSource,
    _ flag: CancellationFlag
  ) throws(BlitzError) -> ProjectionImages {
    let isStatic = (source as? CorrectedSource)?.isSameForEveryFrame ?? true
    let projector = StackProjector(
      source, partials: isStatic ? partials : nil, threads: threads,
      stretchFrames: desk.stretchFrames)
    return try projector.project(operations, over: wish.range, cancellation: flag, keepsPart: true)
    { [self] part in
      if part < 1 { mailbox.post(.projecting(current(wish).plane, part)) }
    }
  }

  /// Keeps a median of raw frames, unless it is only a part.
  private func keepRaw(_ images: ProjectionImages, _ wish: ProjectionWish) {
    guard !images.isCut(.median) else { return }
    state.withLock { $0.rawMedian = RawMedian(images: images, arrived: wish.arrived) }
  }

  /// Keeps the planes that were asked for, or came with them.
  private func keep(_ images: ProjectionImages, for wish: ProjectionWish) {
    for operation in images.operations {
      guard let samples = images.floatPlane(operation) else { continue }
      let key = ProjectionShelf.Key(
        plane: .projection(operation, wish.range), corrections: wish.corrections)
      let finished = ProjectionShelf.Finished(
        samples: samples, arrived: wish.arrived, shortfall: images.shortfall(of: operation),
        isCut: images.isCut(operation))
      state.withLock { $0.finished.keep(finished, as: key) }
    }
  }
}

extension ProjectionWorker.RawMedian {
  fileprivate func isOf(_ wish: ProjectionWish) -> Bool {
    images.range == wish.range && arrived >= wish.arrived
  }
}

extension ProjectionWorker.State {
  /// True when there is folding to do; otherwise notes that the folder goes home.
  fileprivate mutating func takeFold() -> Bool {
    defer { foldsAgain = false }
    isFolding = foldsAgain
    return foldsAgain
  }
}
