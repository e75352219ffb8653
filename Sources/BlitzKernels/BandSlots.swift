import BlitzCore
import Synchronization

/// What each band keeps from one pass over the rows to the next, changed in place by whichever thread
/// has the band; different bands at the same time, one band by one thread.
final class BandSlots<Value: Sendable>: Sendable {
  private let slots: Mutex<[Value?]>

  /// One value for each band.
  init(_ values: [Value]) { slots = Mutex(values) }

  /// Lets `body` change a band's value, which nobody else may ask for meanwhile.
  func change(
    _ band: Int, _ body: (inout Value) throws(BlitzError) -> Void
  ) throws(BlitzError) {
    // Taken out of its slot, so that it is the only reference and nothing is copied.
    guard var value = slots.withLock({ $0[band].take() }) else {
      preconditionFailure("two threads have one band")
    }
    defer { slots.withLock { $0[band] = value } }
    try body(&value)
  }

  /// Shows a band's value to `body`.
  func look(_ band: Int, _ body: (Value) -> Void) {
    if let value = slots.withLock({ $0[band] }) { body(value) }
  }

  /// True when a band's value satisfies the condition.
  func contains(where condition: (Value) -> Bool) -> Bool {
    slots.withLock { $0.contains { $0.map(condition) ?? false } }
  }
}
