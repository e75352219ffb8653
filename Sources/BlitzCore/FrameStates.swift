import Synchronization

/// The conditions of a stack's frames, and who may write which; shared by all threads.
///
/// This is what makes stores sound: `claim` grants a frame to one caller, once; `publish` stores its
/// condition with releasing order after the last write, and `condition` loads it with acquiring
/// order, so that whoever sees a frame published sees its samples.
@safe final public class FrameStates: @unchecked Sendable {
  private let states: UnsafeMutablePointer<Atomic<UInt8>>
  private let count: Int
  private let arrived = Atomic<Int>(0)
  private let sawNonFinite = Atomic<Bool>(false)

  /// A state that `FrameCondition` does not show: somebody is writing.
  private static let filling: UInt8 = 255

  /// All frames pending.
  public init(count: Int) {
    self.count = count
    // Atomics of this object's own, initialised here and never moved until it goes.
    unsafe states = .allocate(capacity: count)
    for frame in 0..<count {
      unsafe (states + frame).initialize(to: Atomic(FrameCondition.pending.rawValue))
    }
  }

  deinit { unsafe states.deinitialize(count: count).deallocate() }

  /// Frames published so far, damaged ones included.
  public var arrivedCount: Int { arrived.load(ordering: .acquiring) }

  /// True while no published frame held a NaN or an infinity.
  public var isKnownFinite: Bool { !sawNonFinite.load(ordering: .acquiring) }

  /// What is known of a frame, `pending` while it is being written.
  public func condition(of frame: Int) -> FrameCondition {
    precondition(0..<count ~= frame, "frame outside the stack")
    return FrameCondition(rawValue: unsafe states[frame].load(ordering: .acquiring)) ?? .pending
  }

  /// Grants a pending frame to the caller; false when someone else has it or it is published.
  public func claim(_ frame: Int) -> Bool {
    precondition(0..<count ~= frame, "frame outside the stack")
    return unsafe states[frame].compareExchange(
      expected: FrameCondition.pending.rawValue, desired: Self.filling, ordering: .acquiring
    ).exchanged
  }

  /// Publishes a claimed frame; `pending` gives it back for another try.
  public func publish(_ frame: Int, _ condition: FrameCondition, isFinite: Bool) {
    if condition != .pending {
      if !isFinite { sawNonFinite.store(true, ordering: .releasing) }
      arrived.add(1, ordering: .releasing)
    }
    unsafe states[frame].store(condition.rawValue, ordering: .releasing)
  }
}
