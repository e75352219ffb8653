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
    var ready: [Corrections: any SampleSource] = [:]
    var order: [Corrections] = []
    var wanted: Set<Corrections> = []
    var refused: Set<Corrections> = []
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

  /// The stack with corrections; nil while they are being prepared, when `corrected` will be posted,
  /// or when they cannot be, which was said once.
  func source(_ corrections: Corrections) -> (any SampleSource)? {
    guard !corrections.isEmpty else { return raw }
    let (source, starts) = state.withLock { state in
      let isNew = state.ready[corrections] == nil && !state.refused.contains(corrections)
      return (state.ready[corrections], isNew && state.wanted.insert(corrections).inserted)
    }
    if starts { queue.async { [self] in prepare(corrections) } }
    return source
  }

  private func prepare(_ corrections: Corrections) {
    do throws(BlitzError) {
      let stack = CorrectedStack(
        corrections: corrections, options: options, work: Work.unattended())
      let corrected = try stack.apply(to: opened).source
      state.withLock { $0.keep(corrected, for: corrections, capacity: Self.capacity) }
    } catch {
      state.withLock { state in
        state.wanted.remove(corrections)
        state.refused.insert(corrections)
      }
      mailbox.post(.notice(PrintableText("\(error.subject): \(error.reason)")))
    }
    mailbox.post(.corrected)
  }
}

extension CorrectionDesk.State {
  fileprivate mutating func keep(
    _ source: any SampleSource, for corrections: Corrections, capacity: Int
  ) {
    wanted.remove(corrections)
    ready[corrections] = source
    order.append(corrections)
    if order.count > capacity { ready[order.removeFirst()] = nil }
  }
}
