import Synchronization

/// Asks long work to stop; the work looks at it between bands of rows.
public final class CancellationFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  /// A flag that is not raised.
  public init() {}

  /// True once `cancel` was called, for good.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Raises the flag, from any thread.
  public func cancel() { flag.store(true, ordering: .relaxed) }
}
