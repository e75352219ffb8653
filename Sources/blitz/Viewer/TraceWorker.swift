import BlitzCore
import BlitzKernels
import BlitzModel
import Dispatch
import Synchronization

/// Measures traces for the viewer, coarse first, off the event loop; the newest request wins.
///
/// What was measured is kept by outline, so that moving back, renaming or reloading the pane costs
/// nothing, and frames that arrive later are all that is measured then.
final class TraceWorker: Sendable {
  fileprivate struct Key: Hashable {
    let outline: RegionOfInterest.Outline
    let corrections: Corrections
    let median: Bool
  }

  private struct State {
    var wanted: TraceRequest?
    var isBusy = false
    var flag = CancellationFlag()
    var known: [Key: Trace] = [:]
    var order: [Key] = []
    /// Of the pixel probed last, which makes way for the next.
    var probed: Key?
    var revision = 0

    mutating func forget(_ key: Key) {
      known[key] = nil
      order.removeAll { $0 == key }
    }
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "trace", qos: .userInitiated)
  private let desk: CorrectionDesk
  private let threads: Int
  private let mailbox: Mailbox

  /// Traces kept beside those shown.
  private static let capacity = 64
  /// Samples measured between two looks at the mailbox: a few milliseconds of work.
  private static let samplesPerStretch = 1 << 24

  /// Frames that give a first look at a trace.
  private static let coarseFrames = 256

  /// A worker over a stack that may still be loading.
  init(desk: CorrectionDesk, threads: Int, mailbox: Mailbox) {
    (self.desk, self.threads, self.mailbox) = (desk, threads, mailbox)
  }

  /// Asks for traces; what is being measured for another request is left as far as it is.
  func ask(_ request: TraceRequest) {
    let starts = state.withLock { state in
      state.wanted = request
      state.flag.cancel()
      defer { state.isBusy = true }
      return !state.isBusy
    }
    if starts { queue.async { [self] in work() } }
  }

  private func work() {
    while let (request, flag) = next() {
      var traces = request.measured.map { known($0, request) }
      // Corrections that are not ready post a message, which brings the request back.
      guard let source = desk.source(request.corrections) else {
        post(traces)
        continue
      }
      let open = traces.indices.filter { isOpen(traces[$0], source) }
      post(traces, answering: open.isEmpty ? request : nil)
      for index in open where !flag.isCancelled {
        let answered = index == open.last ? request : nil
        do throws(BlitzError) {
          try measure(&traces, index, of: source, for: request, answering: answered, flag)
        } catch  where error.kind != .cancelled {
          mailbox.post(.notice(PrintableText(error.description)))
        } catch {
          break
        }
      }
    }
  }

  /// True while frames that have arrived are not measured.
  private func isOpen(_ trace: Trace, _ source: any SampleSource) -> Bool {
    trace.frames.indices.contains {
      trace.frames[$0] == nil && source.condition(of: $0) != .pending
    }
  }

  private func next() -> (TraceRequest, CancellationFlag)? {
    state.withLock { state in
      guard let request = state.wanted.take() else {
        state.isBusy = false
        return nil
      }
      state.flag = CancellationFlag()
      return (request, state.flag)
    }
  }

  private func known(_ region: RegionOfInterest, _ request: TraceRequest) -> Trace {
    let known = state.withLock { $0.known[request.key(region)] }
    return known?.renamed(region) ?? Trace(of: region, frames: desk.raw.shape.frames)
  }

  /// Measures what is missing of one trace, stretch by stretch; the last one answers a request.
  private func measure(
    _ traces: inout [Trace], _ index: Int, of source: any SampleSource,
    for request: TraceRequest, answering answered: TraceRequest?, _ flag: CancellationFlag
  ) throws(BlitzError) {
    let region = traces[index].region
    guard
      let reduction = TraceReduction(
        of: region, in: source.shape,
        statistics: request.needsMedian ? Set(RegionStatistics.Statistic.allCases) : .allButMedian)
    else { return }
    let most = max(16, Self.samplesPerStretch / reduction.spans.pixelCount)
    // The coarse frames alone at first, also of one pixel, whose frames may still lie on a disk; then
    // twice as many each time, so that what is posted costs no more than what is measured.
    var perStretch = min(most, 2 * Self.coarseFrames)
    var rest = coarseFirst(traces[index], of: source)[...]
    while !rest.isEmpty {
      let frames = Array(rest.prefix(perStretch))
      rest = rest.dropFirst(perStretch)
      perStretch = min(most, 2 * perStretch)
      let results = try reduction.measure(
        frames, of: source, threads: threads, cancellation: flag)
      for (frame, result) in zip(frames, results) {
        if let result { traces[index].set(result, frame: frame) }
      }
      remember(traces[index], as: request.key(region))
      post(traces, answering: rest.isEmpty ? answered : nil)
    }
  }

  /// The frames still to measure: about `coarseFrames` spread over the stack, fewer than twice as many,
  /// then all others in order.
  private func coarseFirst(_ trace: Trace, of source: any SampleSource) -> [Int] {
    let missing = trace.frames.indices.filter {
      trace.frames[$0] == nil && source.condition(of: $0) != .pending
    }
    let step = missing.count / Self.coarseFrames
    guard step > 1 else { return missing }
    let isCoarse = { (index: Int) in index.isMultiple(of: step) }
    return missing.indices.filter(isCoarse).map { missing[$0] }
      + missing.indices.filter { !isCoarse($0) }.map { missing[$0] }
  }

  private func remember(_ trace: Trace, as key: Key) {
    state.withLock { state in
      if trace.region.name == nil, state.probed != key {
        if let before = state.probed { state.forget(before) }
        state.probed = key
      }
      if state.known.updateValue(trace, forKey: key) == nil { state.order.append(key) }
      if state.order.count > Self.capacity { state.known[state.order.removeFirst()] = nil }
    }
  }

  private func post(_ traces: [Trace], answering answered: TraceRequest? = nil) {
    let revision = state.withLock { state in
      state.revision += 1
      return state.revision
    }
    mailbox.post(.traces(TraceBoard(traces: traces, revision: revision, answered: answered)))
  }
}

extension TraceRequest {
  /// What a trace of one of its regions is kept under.
  fileprivate func key(_ region: RegionOfInterest) -> TraceWorker.Key {
    TraceWorker.Key(outline: region.outline, corrections: corrections, median: needsMedian)
  }
}
