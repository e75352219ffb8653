import BlitzCore
import BlitzIO
import BlitzKernels
import BlitzModel
import Dispatch
import Synchronization

/// Prepares corrected views of a stack, off the event loop, and keeps the last few.
///
/// A projection that is subtracted or divided out waits until every frame of its range has arrived:
/// half a background is a wrong background.
final class CorrectionDesk: Sendable {
  fileprivate struct State {
    var ready: [Corrections: OpenedStack] = [:]
    var order: [Corrections] = []
    var wanted: Set<Corrections> = []
  }

  /// The frames as loaded.
  let raw: any SampleSource
  private let opened: OpenedStack
  private let options: LoadOptions
  private let mailbox: Mailbox
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "corrections", qos: .userInitiated)

  private static let capacity = 4

  /// A desk for a stack that may still be loading.
  init(_ opened: OpenedStack, _ options: LoadOptions, mailbox: Mailbox) {
    (self.opened, self.options, self.mailbox) = (opened, options, mailbox)
    raw = opened.source
  }

  /// The stack with corrections; nil while they are being prepared: `corrected` will be posted, behind
  /// `correctionRefused` when they cannot be.
  func source(_ corrections: Corrections) -> (any SampleSource)? {
    guard !corrections.isEmpty else { return raw }
    let (source, starts) = state.withLock { state in
      let isNew = state.ready[corrections] == nil
      return (state.ready[corrections]?.source, isNew && state.wanted.insert(corrections).inserted)
    }
    if starts { queue.async { [self] in prepare(corrections) } }
    return source
  }

  /// Frames to go through together; nil where it makes no difference.
  var stretchFrames: Int? { opened.stretchFrames }

  /// What the stack is loaded from.
  var recording: Recording { opened.recording }

  /// The opened stack with corrections; prepares them here and now where they are not ready.
  ///
  /// - Throws: What preparing them throws.
  func stack(_ corrections: Corrections) throws(BlitzError) -> OpenedStack {
    guard !corrections.isEmpty else { return opened }
    if let ready = state.withLock({ $0.ready[corrections] }) { return ready }
    return try correct(corrections)
  }

  private func correct(
    _ corrections: Corrections, preparing: (CorrectionFault.Part) -> Void = { _ in }
  ) throws(BlitzError) -> OpenedStack {
    try CorrectedStack(corrections: corrections, options: options, work: Work.unattended())
      .apply(to: opened, preparing: preparing)
  }

  private func prepare(_ corrections: Corrections) {
    var part = CorrectionFault.Part.mask
    do throws(BlitzError) {
      let corrected = try correct(corrections) { part = $0 }
      state.withLock { $0.keep(corrected, for: corrections, capacity: Self.capacity) }
    } catch {
      _ = state.withLock { $0.wanted.remove(corrections) }
      let fault = CorrectionFault(part, of: corrections, reason: error.reason)
      mailbox.post(.correctionRefused(fault))
    }
    mailbox.post(.corrected)
  }
}

extension CorrectionDesk.State {
  fileprivate mutating func keep(
    _ stack: OpenedStack, for corrections: Corrections, capacity: Int
  ) {
    wanted.remove(corrections)
    ready[corrections] = stack
    order.append(corrections)
    if order.count > capacity { ready[order.removeFirst()] = nil }
  }
}
