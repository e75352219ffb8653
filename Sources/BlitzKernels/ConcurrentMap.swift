import BlitzCore
import Dispatch
import Synchronization

/// Calls `body` once for each of `count` items, on up to `threads` threads; the results in order.
///
/// - Parameters:
///   - cancellation: Looked at before every item.
///   - worker: Makes what a thread keeps from item to item, such as its scratch memory.
/// - Throws: `cancelled`, or the first error of `body`; items not begun by then are left out.
func concurrentMap<Worker, Result: Sendable>(
  _ count: Int, threads: Int, cancellation: CancellationFlag?, worker: @Sendable () -> Worker,
  _ body: @Sendable (_ item: Int, inout Worker) throws(BlitzError) -> Result
) throws(BlitzError) -> [Result] {
  let (results, failure) = concurrentAttempt(
    count, threads: threads, cancellation: cancellation, worker: worker, body)
  if let failure { throw failure }
  return results.compactMap(\.self)
}

/// The same, with what was done before the work failed or was cancelled: nil for items left out.
func concurrentAttempt<Worker, Result: Sendable>(
  _ count: Int, threads: Int, cancellation: CancellationFlag?, worker: @Sendable () -> Worker,
  _ body: @Sendable (_ item: Int, inout Worker) throws(BlitzError) -> Result
) -> (results: [Result?], failure: BlitzError?) {
  let next = Atomic<Int>(0)
  let failure = Mutex<BlitzError?>(nil)
  let results = Mutex([Result?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: min(max(threads, 1), count)) { _ in
    var own = worker()
    do throws(BlitzError) {
      while true {
        let item = next.add(1, ordering: .relaxed).oldValue
        guard item < count else { return }
        if cancellation?.isCancelled == true { throw .cancelledByUser }
        let result = try body(item, &own)
        results.withLock { $0[item] = result }
      }
    } catch {
      next.store(count, ordering: .relaxed)
      failure.withLock { $0 = $0 ?? error }
    }
  }
  return (results.withLock { $0 }, failure.withLock { $0 })
}

extension BlitzError {
  /// What a kernel throws when its `CancellationFlag` was raised.
  static let cancelledByUser = BlitzError(.cancelled, "computation", "stopped")
}
