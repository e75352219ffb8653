import BlitzCore
import BlitzIO
import Dispatch
import Glibc
import Synchronization

/// Turns Ctrl-C and a request to end into a cancellation, so that no half-written file stays; the
/// second one ends the process there and then, whatever it waits for.
///
/// One for the process, made before the work begins. Work that writes to a pipe may wait for its
/// reader for ever and leaves no file behind: it is not asked to stop, the process ends.
final class Interruption {
  private let state: State
  private let sources: [any DispatchSourceSignal]

  /// What the handlers share with the work.
  private final class State: Sendable {
    let flag: CancellationFlag
    let signal = Atomic<Int32>(0)
    let endsAtOnce = Atomic<Bool>(false)
    let actions = Mutex<[@Sendable () -> Void]>([])

    init(_ flag: CancellationFlag = CancellationFlag()) { self.flag = flag }

    var exitCode: Int32 { 128 + max(signal.load(ordering: .relaxed), SIGINT) }

    func receive(_ number: Int32) {
      let isFirst = signal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
        .exchanged
      if !isFirst || endsAtOnce.load(ordering: .relaxed) {
        UnfinishedOutputs.discard(exitCode: exitCode)
      }
      flag.cancel()
      for action in actions.withLock({ $0 }) { action() }
    }
  }

  /// Takes over SIGINT and SIGTERM; SIGHUP stays as `nohup` left it.
  ///
  /// - Parameter endsAtOnce: True for work that writes to no file of its own.
  init(endsAtOnce: Bool) {
    state = State()
    state.endsAtOnce.store(endsAtOnce, ordering: .relaxed)
    sources = [SIGINT, SIGTERM].map { [state] number in
      _ = Glibc.signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler { state.receive(number) }
      source.resume()
      return source
    }
  }

  /// One that no signal reaches: work beside a viewer, which takes the signals itself.
  init(_ flag: CancellationFlag = CancellationFlag()) { (state, sources) = (State(flag), []) }

  /// Raised by the first signal; commands hand it to whatever takes long.
  var flag: CancellationFlag { state.flag }

  /// The exit status for work that was cancelled: 130 for Ctrl-C, else 128 and the signal.
  var exitCode: Int32 { state.exitCode }

  /// Calls `action` once the work is to stop, for work that does not look at the flag.
  func whenRaised(_ action: @escaping @Sendable () -> Void) {
    state.actions.withLock { $0.append(action) }
    if flag.isCancelled { action() }
  }
}
