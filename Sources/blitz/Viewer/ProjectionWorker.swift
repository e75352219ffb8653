import BlitzCore
import BlitzKernels
import BlitzModel
import Dispatch
import Synchronization

/// Computes projections for the viewer and keeps them, so that toggling back is instant.
///
/// The newest wish wins: a wish for another plane stops the one being computed; a wish for the same
/// plane with more frames waits for it, so that a projection is seen growing while frames arrive.
/// Blocks of frames are folded behind the loader, which makes ranges cheap (`BlockPartials`).
final class ProjectionWorker: Sendable {
  /// A finished projection.
  struct Finished: Sendable {
    let samples: [Float]
    /// How many frames the loader had delivered when it was asked for.
    let arrived: Int
    /// Frames that were missing.
    let missing: Int
  }

  fileprivate struct Key: Hashable {
    let plane: Plane
    let corrections: Corrections
  }

  fileprivate struct Wish {
    let projection: Projection
    let range: FrameRange
    let corrections: Corrections
    let arrived: Int

    var key: Key { Key(plane: plane, corrections: corrections) }
    var plane: Plane { .projection(projection, range) }
  }

  fileprivate struct State {
    var finished: [Key: Finished] = [:]
    var order: [Key] = []
    var wanted: Wish?
    var running: (wish: Wish, flag: CancellationFlag)?
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

  /// Planes kept; the oldest goes first. All but the median come four at a time.
  private static let capacity = 24
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
  ) -> Finished? {
    let wish = Wish(
      projection: projection, range: range, corrections: corrections, arrived: arrived)
    return state.withLock { state in
      let known = state.finished[wish.key]
      if known.map({ $0.arrived < arrived }) ?? true { want(wish, &state) }
      return known
    }
  }

  /// A plane as far as it is known; asks for nothing.
  func known(
    _ projection: Projection, over range: FrameRange, of corrections: Corrections
  ) -> Finished? {
    let key = Key(plane: .projection(projection, range), corrections: corrections)
    return state.withLock { $0.finished[key] }
  }

  /// Stops the projection being computed.
  func cancel() {
    state.withLock { state in
      state.wanted = nil
      state.running?.flag.cancel()
    }
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

  private func want(_ wish: Wish, _ state: inout State) {
    if let running = state.running, running.wish.key == wish.key,
      running.wish.arrived >= wish.arrived, !running.flag.isCancelled
    {
      state.wanted = nil
      return
    }
    state.wanted = wish
    if let running = state.running {
      if running.wish.key != wish.key { running.flag.cancel() }
      return
    }
    state.running = (wish, CancellationFlag())
    queue.async { [self] in work() }
  }

  private func work() {
    while let (wish, flag) = next() {
      do throws(BlitzError) {
        // Corrections that are not ready post a message, which brings the wish back.
        guard let source = desk.source(wish.corrections) else { continue }
        let mask = wish.corrections.changesNoSample ? (source as? CorrectedSource)?.mask : nil
        keep(try compute(wish, mask == nil ? source : desk.raw, flag), mask, for: wish)
        mailbox.post(.projecting(wish.plane, 1))
      } catch  where error.kind == .cancelled {
        continue
      } catch {
        mailbox.post(.projectionFailed(wish.plane, PrintableText(error.description)))
      }
    }
  }

  private func next() -> (Wish, CancellationFlag)? {
    state.withLock { state in
      guard let wish = state.wanted.take() else {
        state.running = nil
        return nil
      }
      let flag = CancellationFlag()
      state.running = (wish, flag)
      return (wish, flag)
    }
  }

  private func compute(
    _ wish: Wish, _ source: any SampleSource, _ flag: CancellationFlag
  ) throws(BlitzError) -> ProjectionImages {
    let mailbox = mailbox
    let operations = wish.projection == .median ? [.median] : Self.together
    let known = wish.corrections.changesNoSample ? partials : nil
    return try StackProjector(source, partials: known, threads: threads).project(
      operations, over: wish.range, cancellation: flag,
      progress: { part in if part < 1 { mailbox.post(.projecting(wish.plane, part)) } })
  }

  /// Keeps the planes; a mask that changes no sample is laid over them instead of over every frame.
  private func keep(_ images: ProjectionImages, _ mask: MaskPlane?, for wish: Wish) {
    for operation in images.operations {
      guard var samples = images.floatPlane(operation) else { continue }
      mask?.apply(to: &samples)
      let key = Key(
        plane: .projection(operation, wish.range), corrections: wish.corrections)
      let finished = Finished(
        samples: samples, arrived: wish.arrived, missing: images.pendingCount)
      state.withLock { state in
        if state.finished.updateValue(finished, forKey: key) == nil { state.order.append(key) }
        if state.order.count > Self.capacity {
          state.finished[state.order.removeFirst()] = nil
        }
      }
    }
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
